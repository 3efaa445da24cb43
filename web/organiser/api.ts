import { api, apiUrl, networkProblem, problemFrom } from '../shared/api';
import type { Contest, ContestSummary, Submission } from '../shared/api-types';
import type {
  BulkScreeningResult,
  LookAlike,
  Overview,
  ResultSummary,
  ScreeningItem,
  ScreeningPage,
  ScreeningStatus,
} from '../shared/api-types-desk';
import { setServerNow } from '../shared/clock';
import { languageTag } from '../shared/i18n';
import type { Override, Person, Result, ResultChange, Verdict } from './types';
import type { Comparison, CompareWith, Statistics } from './results/types';

export interface ScreeningQuery {
  status: ScreeningStatus;
  q: string;
  category: string;
}

/** The organiser's routes. Each throws `ApiProblem`. */
export const organiserApi = {
  contests: () => api.get<{ items: ContestSummary[] }>('/contests').then(({ items }) => items),
  contest: async (slug: string): Promise<Contest> => {
    const contest = await api.get<Contest>(`/contests/${slug}`);
    setServerNow(contest.now);
    return contest;
  },
  overview: async (slug: string): Promise<Overview> => {
    const [overview, results] = await Promise.all([
      api.get<Omit<Overview, 'results'>>(`/contests/${slug}/overview`),
      organiserApi.results(slug),
    ]);
    return { ...overview, results };
  },

  screening: (slug: string, query: ScreeningQuery, cursor?: string, limit = 50, signal?: AbortSignal) =>
    api.get<ScreeningPage>(`/contests/${slug}/screening`, { query: { ...query, cursor, limit }, signal }),
  work: (id: string) => api.get<Submission & Partial<ScreeningItem>>(`/submissions/${id}`),
  lookAlikes: (id: string) =>
    api.get<{ items: LookAlike[] }>(`/submissions/${id}/look-alikes`).then(({ items }) => items),
  dismissPair: (pair: string) => api.post(`/duplicates/${pair}/dismissal`),
  restorePair: (pair: string) => api.delete(`/duplicates/${pair}/dismissal`),
  screen: (id: string, verdict: Verdict) => api.post<Submission>(`/submissions/${id}/screening`, verdict),
  screenMany: (slug: string, ids: string[], verdict: Verdict) =>
    api.post<BulkScreeningResult>(`/contests/${slug}/screening`, { ids, ...verdict }),

  people: (slug: string) =>
    api.get<{ items: Person[] }>(`/contests/${slug}/people`).then(({ items }) => items),
  inviteJudge: (slug: string, judge: { name: string; login: string }) =>
    api.post<{ id: string; invitation: string | null }>(`/contests/${slug}/judges`, judge),
  resetLink: (slug: string, person: string) =>
    api.post<{ link: string; expiresAt: string }>(`/contests/${slug}/people/${person}/reset`),

  results: (slug: string) =>
    api.get<{ items: ResultSummary[] }>(`/contests/${slug}/results`).then(({ items }) => items),
  tryResult: (slug: string, category: string, overrides: Override[] = []) =>
    api.post<Result>(`/contests/${slug}/results`, { category, overrides: overrides.map(given) }),
  result: (id: string, after = 0, awarded = false) =>
    api.get<Result>(`/results/${id}`, { query: { after, ...(awarded && { awarded: 'true' }) } }),
  reviseResult: (id: string, revision: { overrides: Override[]; reason: string; dry: boolean }) =>
    api.post<ResultChange>(`/results/${id}/revision`, {
      ...revision,
      overrides: revision.overrides.map(given),
    }),
  promoteResult: (id: string, promotion: { disqualify: string; reason: string; dry: boolean }) =>
    api.post<ResultChange>(`/results/${id}/promotion`, promotion),
  statistics: (id: string) => api.get<Statistics>(`/results/${id}/statistics`),
  compare: (id: string, changed: CompareWith) => api.post<Comparison>(`/results/${id}/comparison`, changed),
  lockResult: (id: string) => api.post<Result>(`/results/${id}/lock`),
};

/** An override as the API takes it: only what its kind has. A reason that was erased is said to be. */
function given(override: Override): Record<string, unknown> {
  const reason = override.reason ?? '—';
  const { submission, tier, places } = override;
  switch (override.do) {
    case 'place':
      return { do: 'place', submission, tier, reason };
    case 'out':
      return { do: 'out', submission, reason };
    case 'vacate':
      return { do: 'vacate', tier, places, reason };
  }
}

/** Sends a decision while the page is being left: the browser carries it out after the page is gone. */
export function screenOnLeaving(id: string, verdict: Verdict): void {
  void fetch(apiUrl(`/submissions/${id}/screening`), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': languageTag() },
    body: JSON.stringify(verdict),
    credentials: 'same-origin',
    keepalive: true,
  });
}

/**
 * Fetches a file and hands it to the browser to save, telling how far it is (0–1, or null while the size is
 * unknown). Fetched rather than linked, so that a refusal is shown in words and not as a page of JSON.
 */
export async function downloadFile(
  path: string,
  fallbackName: string,
  onProgress: (share: number | null) => void,
): Promise<void> {
  const response = await fetch(apiUrl(path), {
    headers: { 'Accept-Language': languageTag() },
    credentials: 'same-origin',
  }).catch(() => {
    throw networkProblem();
  });
  if (!response.ok || !response.body) throw problemFrom(response.status, await response.text());

  const size = Number(response.headers.get('Content-Length')) || null;
  const parts: BlobPart[] = [];
  const reader = response.body.getReader();
  let received = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    received += part.value.length;
    onProgress(size ? Math.min(1, received / size) : null);
  }
  const type = response.headers.get('Content-Type') ?? 'application/octet-stream';
  save(new Blob(parts, { type }), fileNameOf(response.headers.get('Content-Disposition')) ?? fallbackName);
}

/** The UTF-8 name of a Content-Disposition header, else the plain one. */
function fileNameOf(header: string | null): string | null {
  const encoded = header && /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return (header && /filename="?([^";]+)"?/i.exec(header)?.[1]) || null;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Safari reads the blob after the click returns.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
