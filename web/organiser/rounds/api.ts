import { api } from '../../shared/api';
import type { Round, RoundKind } from '../../shared/api-types-desk';
import type { RoundSettings } from './round-draft';
import type { GivenSelection } from './selection';
import type {
  Conflict,
  ConflictEffect,
  Flag,
  NewConflict,
  PanelChange,
  PanelEffect,
  JudgingSettings,
  RoundMarks,
  RoundProgress,
  SelectionOutcome,
} from './types';

/** The routes of rounds. Each throws `ApiProblem`. */
export const roundsApi = {
  list: (slug: string) => api.get<{ items: Round[] }>(`/contests/${slug}/rounds`).then(({ items }) => items),
  make: (slug: string, round: { category: string; kind: RoundKind } & RoundSettings) =>
    api.post<Round>(`/contests/${slug}/rounds`, round),
  change: (id: string, settings: Partial<RoundSettings>) => api.patch<Round>(`/rounds/${id}`, settings),
  remove: (id: string) => api.delete(`/rounds/${id}`),
  open: (id: string) => api.post<Round>(`/rounds/${id}/open`),
  pause: (id: string) => api.post<Round>(`/rounds/${id}/pause`),
  resume: (id: string) => api.post<Round>(`/rounds/${id}/resume`),
  close: (id: string, reason?: string) => api.post<Round>(`/rounds/${id}/close`, reason ? { reason } : {}),

  settings: (slug: string) => api.get<JudgingSettings>(`/contests/${slug}/judging-settings`),
  set: (slug: string, settings: JudgingSettings) =>
    api.put<JudgingSettings>(`/contests/${slug}/judging-settings`, settings),
  marks: (id: string) => api.get<RoundMarks>(`/rounds/${id}/marks`),

  progress: (id: string) => api.get<RoundProgress>(`/rounds/${id}/progress`),
  flags: (id: string) => api.get<{ items: Flag[] }>(`/rounds/${id}/flags`).then(({ items }) => items),
  remind: (id: string, judges: string[]) =>
    api.post<{ reminded: number }>(`/rounds/${id}/reminders`, { judges }),

  /** With `dry` only says what it would do. */
  changePanel: (id: string, change: PanelChange, dry: boolean) =>
    api.post<PanelEffect>(`/rounds/${id}/changes`, { change, dry }),
  conflicts: (slug: string) =>
    api.get<{ items: Conflict[] }>(`/contests/${slug}/conflicts`).then(({ items }) => items),
  setConflict: (slug: string, conflict: NewConflict, dry: boolean) =>
    api.post<ConflictEffect>(`/contests/${slug}/conflicts`, { ...conflict, dry }),
  liftConflict: (slug: string, id: string, reason: string) =>
    api.post<ConflictEffect>(`/contests/${slug}/conflicts/${id}/lifting`, { reason }),

  /** Which works of a closed round go on; with `dry` only says which would. */
  select: (id: string, selection: GivenSelection, dry: boolean) =>
    api.put<SelectionOutcome>(`/rounds/${id}/selection`, { selection, dry }),
};
