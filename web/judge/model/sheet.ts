/** Comparing and copying sheets. */
import type { Criterion, Marks, Sheet, SheetDraft } from './types';

type SheetText = Pick<Sheet, 'marks' | 'comment'>;

/** Marks of exactly these criteria; what is missing is null. */
export function draftOf(criteria: readonly Criterion[], sheet: SheetText | null): SheetDraft {
  const marks: Marks = {};
  for (const { id } of criteria) marks[id] = sheet?.marks[id] ?? null;
  return { marks, comment: sheet?.comment ?? '' };
}

/**
 * Whether two comments say the same once they are kept: the server trims them, composes characters and drops the
 * invisible ones.
 */
export function sameComment(one: string | null, other: string | null): boolean {
  return kept(one) === kept(other);
}

const kept = (comment: string | null): string =>
  (comment ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '')
    .normalize('NFC')
    .trim();

/** Whether both say the same: a missing mark equals null, a missing comment equals an empty one. */
export function sameDraft(one: SheetText, other: SheetText): boolean {
  if (!sameComment(one.comment, other.comment)) return false;
  const ids = new Set([...Object.keys(one.marks), ...Object.keys(other.marks)]);
  for (const id of ids) {
    if ((one.marks[id] ?? null) !== (other.marks[id] ?? null)) return false;
  }
  return true;
}
