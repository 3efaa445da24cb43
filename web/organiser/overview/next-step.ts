import type { Overview, Round } from '../../shared/api-types-desk';

/** The one thing to do next: a key of the dictionary with what is filled in, and the page where it is done. */
export interface NextStep {
  key:
    | 'empty'
    | 'screen'
    | 'waitReturned'
    | 'inviteJudges'
    | 'makeRound'
    | 'openRound'
    | 'closeRound'
    | 'resumeRound'
    | 'selectWorks'
    | 'nextRound'
    | 'waitJudges'
    | 'decide'
    | 'lock'
    | 'export';
  params: Record<string, string | number>;
  /** The category that the step is about, by its key. */
  category?: string;
  page: 'screening' | 'rounds' | 'results' | 'people' | 'exports' | 'contest';
}

/** A panel below this size gets no result (the server refuses it). */
export const LEAST_JUDGES = 3;

/** Walks the contest in its order, category by category, and stops at the first thing left to do. */
export function nextStep(overview: Overview): NextStep {
  const { submissions, rounds, results, byCategory, people } = overview;
  const sent = submissions.submitted + submissions.accepted + submissions.returned + submissions.rejected;
  if (sent === 0) return { key: 'empty', params: {}, page: 'contest' };
  if (submissions.submitted > 0) {
    return { key: 'screen', params: { count: submissions.submitted }, page: 'screening' };
  }

  const judged = byCategory.filter(({ accepted }) => accepted > 0);
  const locked = (key: string) =>
    results.some((result) => result.category === key && result.status === 'locked');
  const unlocked = judged.filter(({ key }) => !locked(key));
  const roundsOf = (key: string) => rounds.filter((round) => round.category.key === key);

  const ready = rounds.find(
    (round) => round.status === 'open' && round.total > 0 && round.done >= round.total,
  );
  if (ready) return { key: 'closeRound', params: { round: ready.name }, page: 'rounds' };

  for (const { key, name } of unlocked) {
    const own = roundsOf(key);
    const last = lastClosed(own);
    if (!last || own.some((round) => isRunning(round) || goesOn(round))) continue;
    // Only marks decide prizes: a round of another kind is there to say which works go on.
    if (last.kind !== 'score') {
      const what = last.selection ? 'nextRound' : 'selectWorks';
      return { key: what, params: { round: last.name }, page: 'rounds' };
    }
    const dry = results.some((result) => result.category === key);
    return { key: dry ? 'lock' : 'decide', params: { category: name }, category: key, page: 'results' };
  }
  const draft = rounds.find(
    (round) => round.status === 'draft' && unlocked.some(({ key }) => key === round.category.key),
  );
  if (draft) return { key: 'openRound', params: { round: draft.name }, page: 'rounds' };

  const without = unlocked.find(({ key }) => roundsOf(key).length === 0);
  if (without && people.judges < LEAST_JUDGES) {
    return { key: 'inviteJudges', params: { count: LEAST_JUDGES - people.judges }, page: 'people' };
  }
  if (without) return { key: 'makeRound', params: { category: without.name }, page: 'rounds' };

  const paused = rounds.find(({ status }) => status === 'paused');
  if (paused) return { key: 'resumeRound', params: { round: paused.name }, page: 'rounds' };
  const open = rounds.find(({ status }) => status === 'open');
  if (open) {
    return { key: 'waitJudges', params: { round: open.name, count: open.total - open.done }, page: 'rounds' };
  }
  if (judged.length > 0) return { key: 'export', params: {}, page: 'exports' };
  return { key: 'waitReturned', params: { count: submissions.returned }, page: 'screening' };
}

function isRunning({ status }: Round): boolean {
  return status === 'open' || status === 'paused';
}

/** A round that was set up for the works that an earlier one selected. */
function goesOn({ status, select }: Round): boolean {
  return status === 'draft' && select !== null;
}

function lastClosed(rounds: readonly Round[]): Round | undefined {
  return rounds
    .filter(({ status }) => status === 'closed')
    .sort((a, b) => Date.parse(b.closedAt ?? '') - Date.parse(a.closedAt ?? ''))[0];
}
