import { createHash } from 'node:crypto';
import type { TieStep } from '../../judging/scoring-rules.js';
import type { Disconnected } from './additive.js';
import { ascending, mean, median, trimmedMean } from './aggregate.js';
import {
  ADJUSTED_PLACES,
  type Adjustment,
  adjustmentOf,
  completed,
  marksOf,
  noAdjustment,
  totalsOf,
} from './comparable.js';
import { compareLists, Fraction } from './fraction.js';
import { type Panel, panelOf, type PanelWork, type RankingRules, type RoundMarks } from './panel.js';
import { refine, type RefineStep } from './refine.js';
import { scoresOf } from './score.js';

/** What can decide between two neighbours. */
export type Decider = 'score' | TieStep | 'draw';

export interface RankedEntry {
  id: string;
  /** 1, 2, 3, …: the chain leaves no two works in one place. */
  place: number;
  sequence: number;
  /** How many sheets counted; fewer than planned are filled in by the additive model. */
  sheets: number;
  /** For the eye only: places are decided by `exact`. */
  score: string;
  /** The ranking score as `a/b`; in an adjusted round it is rounded to 10^-9. */
  exact: string;
  /** Works that the marks leave equal share a number: only who was sent earlier, or the draw, parts them. */
  group: number;
  /** What decided against the next work; null for the last. */
  decidedBy: Decider | null;
  /** What each sheet counted for, in the order of the judges, where that isn't the judge's total. */
  values?: string[];
}

export interface Ranking {
  entries: RankedEntry[];
  adjustment: Adjustment;
}

/** Refused: the groups of entry ids between which no judge makes a comparison, the largest first. */
export interface DisconnectedEntries {
  code: Disconnected['code'];
  groups: string[][];
}

interface Contender {
  work: PanelWork;
  score: Fraction;
  values: Fraction[] | null;
}

/** @throws RangeError for input that no closed round can hold (see `Panel.add`) */
export function rank(round: RoundMarks): { ranking: Ranking } | { refusal: DisconnectedEntries } {
  return rankPanel(panelOf(round), round);
}

/**
 * Ranks the works of a closed round. The first difference decides: ranking score; then the steps of the round's
 * chain, which `stepsOf` tells; last SHA-256(seed ‖ audit head ‖ entry id), the lower first. The order of the input
 * does not matter.
 */
export function rankPanel(
  panel: Panel,
  rules: RankingRules,
): { ranking: Ranking } | { refusal: DisconnectedEntries } {
  const compared = rules.method !== 'tokens' && rules.method !== 'pass';
  const adjustment = compared ? adjustmentOf(panel, rules.plannedJudges) : noAdjustment(panel);
  if ('code' in adjustment) {
    const groups = adjustment.groups.map((group) => group.map((row) => panel.works[row].id));
    return { refusal: { code: adjustment.code, groups } };
  }
  const scores = scoresOf(panel, rules, adjustment);
  const contenders = panel.works.map((work, index) => ({ work, ...scores[index] }));
  const { order, decided } = refine(contenders, stepsOf(panel, rules, adjustment));

  const places = scorePlaces(rules);
  let group = 0;
  const entries = order.map(({ work, score, values }, index): RankedEntry => {
    if (index === 0 || !isOfChance(decided[index - 1])) group += 1;
    return {
      id: work.id,
      place: index + 1,
      sequence: work.sequence,
      sheets: panel.sheetsOf(work),
      score: score.toDecimalString(places),
      exact: score.toString(),
      group,
      decidedBy: decided[index] ?? null,
      ...(values && { values: values.map((value) => value.toString()) }),
    };
  });
  return { ranking: { entries, adjustment } };
}

/** How many decimals of a score are printed. */
export function scorePlaces({ method, rounding }: Pick<RankingRules, 'method' | 'rounding'>): number {
  if (rounding.score) return rounding.score.places;
  if (method === 'tokens') return 0;
  return method === 'z_score' ? 4 : 2;
}

/** Whether the works themselves were equal, and something else parted them. */
export function isOfChance(decider: Decider): boolean {
  return decider === 'earlier_submission' || decider === 'draw';
}

/**
 * Score, then the chain in the order of the rules; each a key that is made only for works which are still equal:
 *
 * - `criterion`: the aggregate of the heaviest criterion, then of the next, equal weights in the order of the sheet
 * - `untrimmed_mean`, `median`: of all totals
 * - `sorted_marks`: the totals from the highest down
 * - `chair`: the order that the jury's chair, or a re-vote, gave to works that were still tied
 * - `earlier_submission`: the earlier *final* submission first
 * - `draw`
 *
 * In an adjusted round each of the first five is rounded to 10^-9, as the score is.
 */
function stepsOf(
  panel: Panel,
  rules: RankingRules,
  adjustment: Adjustment,
): RefineStep<Contender, Decider>[] {
  const { criteria, method, trim, plannedJudges, rounding, ties, chair } = rules;
  const settle = (value: Fraction) => (adjustment.model === 'none' ? value : value.round(ADJUSTED_PLACES));
  const totals = ({ work }: Contender) =>
    completed(totalsOf(panel, work, adjustment, rounding.sheet), plannedJudges);
  const highest = (key: (one: Contender) => Fraction): RefineStep<Contender, Decider>['order'] =>
    byKey(key, (a, b) => b.compare(a));
  const together = (values: readonly Fraction[]) => {
    if (values.length === 0) return Fraction.zero;
    if (method === 'trimmed') return trimmedMean(values, trim!);
    return method === 'median' ? median(values) : mean(values);
  };
  const orders = {
    untrimmed_mean: highest((one) => settle(averageOf(totals(one), mean))),
    median: highest((one) => settle(averageOf(totals(one), median))),
    sorted_marks: byKey(
      (one: Contender) => ascending(totals(one).map(settle)).reverse(),
      (a, b) => compareLists(b, a),
    ),
    chair: byKey(seatOf(chair), (a, b) => a - b),
    earlier_submission: byKey(
      ({ work }: Contender) => work.sequence,
      (a, b) => a - b,
    ),
  };
  return [
    { name: 'score', order: highest(({ score }) => score) },
    ...ties.flatMap((name): RefineStep<Contender, Decider>[] => {
      if (name !== 'criterion') return [{ name, order: orders[name] }];
      return byWeight(criteria).map((criterion) => ({
        name,
        order: highest(({ work }) =>
          settle(together(completed(marksOf(panel, work, adjustment, criterion), plannedJudges))),
        ),
      }));
    }),
    { name: 'draw', order: byKey(drawOf(rules), (a, b) => Buffer.compare(a, b)) },
  ];
}

/** Orders by a key that is made once for each. */
function byKey<T, K>(key: (one: T) => K, compare: (a: K, b: K) => number): RefineStep<T, never>['order'] {
  return (tied) => {
    const keyed = tied.map((one) => ({ one, key: key(one) }));
    keyed.sort((a, b) => compare(a.key, b.key));
    return {
      sorted: keyed.map(({ one }) => one),
      parted: keyed.map(({ key: own }, index) => index > 0 && compare(keyed[index - 1].key, own) !== 0),
    };
  };
}

/** Nought for a work without a sheet, which a round of tokens has. */
function averageOf(values: readonly Fraction[], by: typeof mean): Fraction {
  return values.length === 0 ? Fraction.zero : by(values);
}

/** Positions of the criteria, the heaviest first, equal weights in the order of the sheet. */
function byWeight(criteria: RankingRules['criteria']): number[] {
  const weights = criteria.map(({ weight }) => Fraction.fromDecimalString(weight));
  return criteria.map((_, index) => index).sort((a, b) => weights[b].compare(weights[a]) || a - b);
}

/** A work's place in what the chair decided; those of which nothing was decided come last. */
function seatOf(chair: RankingRules['chair']): (one: Contender) => number {
  const seats = new Map(chair.flat().map((id, index) => [id, index]));
  return ({ work }) => seats.get(work.id) ?? Number.MAX_SAFE_INTEGER;
}

/** SHA-256 over the three texts in UTF-8, one after the other. */
function drawOf({ seed, auditHead }: RankingRules): (one: Contender) => Buffer {
  return ({ work }) => createHash('sha256').update(seed).update(auditHead).update(work.id).digest();
}
