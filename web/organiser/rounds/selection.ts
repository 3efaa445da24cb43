import type { RoundKind, Selection } from '../../shared/api-types-desk';

/** How works are to be selected, while it is filled in. */
export interface SelectionForm {
  by: Selection['by'];
  count: number | '';
  tied: 'in' | 'out';
  least: number | '';
  works: string[];
  reason: string;
}

/** As the server takes it. */
export type GivenSelection =
  | { by: 'number'; count: number; tied: 'in' | 'out' }
  | { by: 'threshold'; least: number }
  | { by: 'hand'; works: string[]; reason: string };

/** Null while something is missing. Without a reason it can be tried, not made: `—` stands for it. */
export function selectionOf(form: SelectionForm, of: number): GivenSelection | null {
  switch (form.by) {
    case 'number': {
      const { count, tied } = form;
      return Number.isInteger(count) && Number(count) >= 1 && Number(count) <= of
        ? { by: 'number', count: Number(count), tied }
        : null;
    }
    case 'threshold':
      return typeof form.least === 'number' && form.least >= 0
        ? { by: 'threshold', least: form.least }
        : null;
    case 'hand':
      return form.works.length > 0
        ? { by: 'hand', works: form.works, reason: form.reason.trim() || '—' }
        : null;
  }
}

/** What the panel proposes: about half go on, by what the kind of round counts. */
export function proposed(kind: RoundKind, works: number, passPercent: number | null): SelectionForm {
  return {
    by: kind === 'pass' ? 'threshold' : 'number',
    count: Math.max(1, Math.ceil(works / 2)),
    // A vote can be repeated; marks are rarely equal.
    tied: kind === 'tokens' ? 'out' : 'in',
    least: kind === 'score' ? 60 : kind === 'pass' ? (passPercent ?? 51) : 1,
    works: [],
    reason: '',
  };
}
