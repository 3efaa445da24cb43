import { createHash } from 'node:crypto';
import type { Disconnected } from './additive.js';
import { aggregate, ascending, mean, median, type Method } from './aggregate.js';
import { type ComparableWork, makeComparable } from './comparable.js';
import { type EntrySum, explain } from './explain.js';
import { compareLists, Fraction } from './fraction.js';
import { countPanel, type RoundMarks, type UnrankableEntry } from './panel.js';

export type TieStep =
  'criterion' | 'untrimmed_mean' | 'median' | 'sorted_marks' | 'earlier_submission' | 'draw';

export interface RankedEntry extends EntrySum {
  id: string;
  /** 1, 2, 3, …: the chain leaves no two works in one place. */
  place: number;
  /** Points of 0–100 to two decimals, half away from zero. For the eye only: places are decided by `exact`. */
  score: string;
  /** The ranking score as `a/b`; in an adjusted round it is rounded to 10^-9. */
  exact: string;
  /** What decided against the neighbour with the same score: the one above, or for the first of them the one below. */
  tieBrokenBy: TieStep | null;
}

export interface Ranking {
  entries: RankedEntry[];
  /** Works that cannot be ranked; whether the round can then be decided is up to the caller. */
  unrankable: UnrankableEntry[];
  /** True if judge effects were subtracted, by the rule told in `comparable.ts`. */
  adjusted: boolean;
  model: 'none' | 'additive' | 'mixed';
  /** How far each judge marks above the panel, in points to two decimals. */
  judgeEffects: { judge: string; effect: string }[];
}

/** Refused: the groups of entry ids between which no judge makes a comparison, the largest first. */
export interface DisconnectedEntries {
  code: Disconnected['code'];
  groups: string[][];
}

/** Adjusted values are equal if they agree to this many decimals. */
const ADJUSTED_PLACES = 9;

/** What a work is compared by, in the order of the tie chain. */
interface Keys {
  work: ComparableWork;
  score: Fraction;
  /** The heaviest criterion first. */
  criteria: Fraction[];
  mean: Fraction;
  median: Fraction;
  /** The judges' totals, the highest first. */
  sorted: Fraction[];
}

/** Above zero if b goes before a. */
type Comparison = (a: Keys, b: Keys) => number;

/**
 * Ranks the works of a closed round. The first difference decides: ranking score; the heaviest criterion's
 * aggregate, then the next; mean without trimming; median; totals from the highest down; the earlier final
 * submission; SHA-256(seed ‖ audit head ‖ entry id), the lower first. The order of the input does not matter.
 *
 * @throws RangeError for input that no closed round can hold (see `countPanel`)
 */
export function rank(round: RoundMarks): { ranking: Ranking } | { refusal: DisconnectedEntries } {
  const panel = countPanel(round);
  const comparable = makeComparable(panel, round.judges.length, round.plannedJudges);
  if ('code' in comparable) {
    const groups = comparable.groups.map((group) => group.map((row) => panel.works[row].entry.id));
    return { refusal: { code: comparable.code, groups } };
  }

  const settle = comparable.adjusted
    ? (value: Fraction) => value.round(ADJUSTED_PLACES)
    : (value: Fraction) => value;
  const heaviestFirst = byWeight(round.criteria);
  const keys = comparable.works.map((work) => keysOf(work, round.method, heaviestFirst, settle));
  const chain = tieChain(round);
  keys.sort((a, b) => firstDifference(chain, a, b).order);

  const entries = keys.map((key, index) => ({
    id: key.work.entry.id,
    place: index + 1,
    score: key.score.toDecimalString(2),
    exact: key.score.toString(),
    tieBrokenBy: tieBrokenBy(chain, keys, index),
    ...explain(key.work, round, comparable),
  }));
  const judgeEffects = round.judges.map(({ id }, index) => ({
    judge: id,
    effect: comparable.judgeEffects[index].toDecimalString(2),
  }));
  const { adjusted, model } = comparable;
  return { ranking: { entries, unrankable: panel.unrankable, adjusted, model, judgeEffects } };
}

function keysOf(
  work: ComparableWork,
  method: Method,
  heaviestFirst: readonly number[],
  settle: (value: Fraction) => Fraction,
): Keys {
  return {
    work,
    score: settle(aggregate(method, work.completed)),
    criteria: heaviestFirst.map((criterion) => settle(aggregate(method, work.criteria[criterion]))),
    mean: settle(mean(work.completed)),
    median: settle(median(work.completed)),
    sorted: ascending(work.completed.map(settle)).reverse(),
  };
}

/** Positions of the criteria, the heaviest first, equal weights in the order of the sheet. */
function byWeight(criteria: RoundMarks['criteria']): number[] {
  const weights = criteria.map(({ weight }) => Fraction.fromDecimalString(weight));
  return criteria.map((_, index) => index).sort((a, b) => weights[b].compare(weights[a]) || a - b);
}

function tieChain(round: RoundMarks): { step: TieStep | 'score'; compare: Comparison }[] {
  const { seed, auditHead, earlierSubmissionDecides = true } = round;
  const draw = drawOf(seed, auditHead);
  const bySequence: Comparison = (a, b) => a.work.entry.sequence - b.work.entry.sequence;
  return [
    { step: 'score', compare: (a, b) => b.score.compare(a.score) },
    { step: 'criterion', compare: (a, b) => compareLists(b.criteria, a.criteria) },
    { step: 'untrimmed_mean', compare: (a, b) => b.mean.compare(a.mean) },
    { step: 'median', compare: (a, b) => b.median.compare(a.median) },
    { step: 'sorted_marks', compare: (a, b) => compareLists(b.sorted, a.sorted) },
    ...(earlierSubmissionDecides ? [{ step: 'earlier_submission' as const, compare: bySequence }] : []),
    { step: 'draw', compare: (a, b) => Buffer.compare(draw(a.work.entry.id), draw(b.work.entry.id)) },
  ];
}

/** SHA-256 over the three texts in UTF-8, one after the other; made only for works that need it. */
function drawOf(seed: string, auditHead: string): (entryId: string) => Buffer {
  const drawn = new Map<string, Buffer>();
  return (entryId) => {
    let digest = drawn.get(entryId);
    if (!digest) {
      digest = createHash('sha256').update(seed).update(auditHead).update(entryId).digest();
      drawn.set(entryId, digest);
    }
    return digest;
  };
}

type Chain = ReturnType<typeof tieChain>;

function firstDifference(chain: Chain, a: Keys, b: Keys): { step: TieStep | 'score'; order: number } {
  for (const { step, compare } of chain) {
    const order = compare(a, b);
    if (order !== 0) return { step, order };
  }
  return { step: 'draw', order: 0 };
}

function tieBrokenBy(chain: Chain, keys: readonly Keys[], index: number): TieStep | null {
  for (const neighbour of [keys[index - 1], keys[index + 1]]) {
    if (neighbour === undefined) continue;
    const { step } = firstDifference(chain, keys[index], neighbour);
    if (step !== 'score') return step;
  }
  return null;
}
