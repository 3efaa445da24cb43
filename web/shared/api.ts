import type { ProblemBody } from './api-types';
import { languageTag, useWords } from './i18n';
import { words } from './words';

const { t } = useWords(words);

/**
 * A refusal of the API, or no answer at all (status 0, code `NETWORK`). `detail` is a sentence in the user's
 * language that says what to do: show it as it is. `body` holds what else the answer carried.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: { path: string; message: string }[];
  readonly body: Record<string, unknown>;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'ApiProblem';
    this.status = body.status;
    this.code = body.code;
    this.detail = body.detail;
    this.errors = body.errors ?? [];
    this.body = { ...body };
  }

  /** Whether sending the same again later may succeed. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The message for one field, by the path that the API names it. */
  field(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message;
  }
}

export interface RequestOptions {
  /** Sent as JSON, or as the form that it is. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Each returns the parsed answer, or undefined for 204; each throws {@link ApiProblem}. Paths without `/api`. */
export const api = {
  get: <Answer>(path: string, options?: Omit<RequestOptions, 'body'>) =>
    takeEarly<Answer>(apiUrl(path, options?.query)) ?? request<Answer>('GET', path, options),
  post: <Answer = void>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Answer>('POST', path, { ...options, body }),
  put: <Answer = void>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Answer>('PUT', path, { ...options, body }),
  patch: <Answer = void>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Answer>('PATCH', path, { ...options, body }),
  delete: <Answer = void>(path: string, options?: RequestOptions) => request<Answer>('DELETE', path, options),
};

/** Answers on their way before the page that wants them is put together, by their addresses. */
const early = new Map<string, Promise<unknown>>();
/** Who comes later than this asks again. */
const EARLY_MS = 10_000;

/** Asks for what a page will get first, while it is still being fetched itself; the next `get` of it has the answer. */
export function askEarly(path: string): void {
  const url = apiUrl(path);
  if (early.has(url)) return;
  const answer = request('GET', path);
  // A refusal is nobody's answer: whoever wants the page asks again.
  answer.catch(() => early.delete(url));
  early.set(url, answer);
  window.setTimeout(() => early.delete(url), EARLY_MS);
}

function takeEarly<Answer>(url: string): Promise<Answer> | undefined {
  const answer = early.get(url);
  early.delete(url);
  return answer as Promise<Answer> | undefined;
}

type SignedOutListener = () => void;
const signedOutListeners = new Set<SignedOutListener>();

/** Called when the API answers 401: the session ended while the page was open. */
export function onSignedOut(listener: SignedOutListener): void {
  signedOutListeners.add(listener);
}

async function request<Answer>(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': languageTag(),
    ...options.headers,
  };
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal ?? null };
  if (options.body instanceof FormData) init.body = options.body;
  else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }

  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw networkProblem();
  }
  if (response.status === 204) return undefined as Answer;
  const text = await response.text();
  if (!response.ok) throw problemFrom(response.status, text);
  return (text ? JSON.parse(text) : undefined) as Answer;
}

export function apiUrl(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const suffix = search.toString();
  return `/api${path}${suffix ? `?${suffix}` : ''}`;
}

/**
 * Reads a refusal; a proxy's HTML page becomes a plain sentence. Tells the session's listeners of a 401, unless it
 * says that a password was mistyped: whoever is asked for it again is still signed in.
 */
export function problemFrom(status: number, text: string): ApiProblem {
  const problem = readProblem(status, text);
  if (status === 401 && problem.code !== 'ACCOUNT.WRONG_PASSWORD') {
    for (const listener of signedOutListeners) listener();
  }
  return problem;
}

function readProblem(status: number, text: string): ApiProblem {
  try {
    const body = JSON.parse(text) as Partial<ProblemBody>;
    if (body.code && body.detail) return new ApiProblem({ ...body, status } as ProblemBody);
  } catch {
    // Not JSON: falls through to the sentence below.
  }
  const detail = t(status === 413 ? 'tooLarge' : 'badAnswer');
  return new ApiProblem({ status, code: `HTTP.${status}`, detail });
}

export function networkProblem(): ApiProblem {
  return new ApiProblem({ status: 0, code: 'NETWORK', detail: t('network') });
}

/** Any thrown thing as a problem that can be shown; a fault of our own is logged and named as such. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem({ status: 500, code: 'PAGE.FAULT', detail: t('pageFault') });
}
