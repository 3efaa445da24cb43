/** What a sheet means in each kind of round: marks by criteria, pass or fail, or a token laid (投子). */
import { isComplete, totalText } from './score';
import type { Criterion, JudgedRound, Marks } from './types';

type Kind = Pick<JudgedRound, 'kind' | 'tokens'> & { criteria: readonly Criterion[] };

/** The one mark of a round without points, or undefined in one that has them. */
export function decisive(round: Kind): Criterion | undefined {
  return round.kind === 'score' ? undefined : round.criteria[0];
}

/** The mark of a round without points: 1 passes or is laid, 0 fails or is not. */
export function decision(round: Kind, marks: Marks): number | null {
  const criterion = decisive(round);
  return (criterion && marks[criterion.id]) ?? null;
}

/** Whether this sheet is done with: every mark is there; with tokens, the token is. */
export function isJudged(round: Kind, marks: Marks): boolean {
  return round.kind === 'tokens' ? decision(round, marks) === 1 : isComplete(round.criteria, marks);
}

/** How many sheets make the round done, of so many works. */
export function goalOf(round: Kind, works: number): number {
  return round.kind === 'tokens' ? Math.min(round.tokens ?? 0, works) : works;
}

/** What stands under a picture: the total, or one of the words for a decision; null while there is none. */
export type Verdict = { total: string } | { word: 'passed' | 'failed' | 'laid' };

export function verdictOf(round: Kind, marks: Marks): Verdict | null {
  if (round.kind === 'score') {
    const total = totalText(round.criteria, marks);
    return total === null ? null : { total };
  }
  const decided = decision(round, marks);
  if (round.kind === 'tokens') return decided === 1 ? { word: 'laid' } : null;
  return decided === null ? null : { word: decided === 1 ? 'passed' : 'failed' };
}
