import type { FieldProblem } from '../common/problem.js';
import { both } from '../common/validation.js';
import type { CriterionRule } from '../contests/category.entity.js';
import { judgingProblem } from './errors.js';
import { usualScoring, type RoundMethod, type ScoringRules } from './scoring-rules.js';
import { passCriterion, tokenCriterion, type Criterion, type RoundKind } from './round.entity.js';

interface KindSettings {
  method?: RoundMethod | null;
  scoring?: GivenScoring | null;
  quorum?: number | null;
  passPercent?: number | null;
  tokens?: number | null;
  perSubmission?: number | null;
  criteria?: readonly CriterionRule[];
}

export interface GivenScoring {
  trim?: ScoringRules['trim'];
  rounding?: Partial<ScoringRules['rounding']>;
  ties?: ScoringRules['ties'];
}

const yesOrNo = { weight: 1, min: 0, max: 1, step: 1 };
/** With fewer judges a round can select works for another, by the mean; it can give no prize. */
const LEAST_TO_TRIM = 3;
/** More than half. */
const usualPassPercent = 51;

/**
 * What a round of its kind has, and what it does not: so that a marks round has no quorum and a tokens round no k.
 * @throws ROUND.SETTINGS where something is missing or can't be had together
 */
export function settingsOf(
  kind: RoundKind,
  given: KindSettings,
  judges: number,
  usual: readonly CriterionRule[],
): { criteria: Criterion[] } & Record<'quorum' | 'passPercent' | 'tokens' | 'perSubmission', number | null> {
  const none = { quorum: null, passPercent: null, tokens: null };
  const perSubmission = given.perSubmission ?? null;
  const errors: FieldProblem[] = [];
  if (perSubmission !== null && perSubmission > judges) {
    errors.push({
      path: 'perSubmission',
      message: both(`只有 ${judges} 位评委。`, `There are ${judges} judges.`),
    });
  }
  const onPanel = perSubmission ?? judges;
  if (kind === 'pass' && given.quorum && given.quorum > onPanel) {
    errors.push({
      path: 'quorum',
      message: both(`每件作品只有 ${onPanel} 位评委。`, `Each work has ${onPanel} judges.`),
    });
  }
  if (kind === 'tokens' && !given.tokens) {
    errors.push({
      path: 'tokens',
      message: both('请填写每位评委的票数。', 'Say how many tokens each judge has.'),
    });
  }
  if (kind === 'tokens' && perSubmission !== null) {
    errors.push({
      path: 'perSubmission',
      message: both('投票轮由全体评委评全部作品。', 'In a tokens round every judge sees every work.'),
    });
  }
  const dropped = (given.scoring?.trim?.highest ?? 1) + (given.scoring?.trim?.lowest ?? 1);
  if (kind === 'score' && given.method === 'trimmed' && onPanel >= LEAST_TO_TRIM && dropped >= onPanel) {
    errors.push({
      path: 'scoring.trim',
      message: both(
        `每件作品只有 ${onPanel} 位评委，去掉 ${dropped} 个就没有分数了。`,
        `Each work has ${onPanel} judges: nothing would be left of them with ${dropped} dropped.`,
      ),
    });
  }
  if (errors.length > 0) throw judgingProblem('ROUND.SETTINGS', {}, { errors });
  switch (kind) {
    case 'score':
      return {
        ...none,
        perSubmission,
        criteria: (given.criteria ?? usual).map((rule, index) => ({ ...rule, id: `c${index + 1}` })),
      };
    case 'pass':
      return {
        ...none,
        perSubmission,
        quorum: given.quorum ?? Math.floor(onPanel / 2) + 1,
        passPercent: given.passPercent ?? usualPassPercent,
        criteria: [{ id: passCriterion, name: '通过', ...yesOrNo }],
      };
    case 'tokens':
      return {
        ...none,
        perSubmission: null,
        tokens: given.tokens!,
        criteria: [{ id: tokenCriterion, name: '投票', ...yesOrNo }],
      };
  }
}

/** What isn't given is as usual. */
export function scoringOf(given: GivenScoring | null | undefined): ScoringRules {
  return {
    trim: given?.trim ?? usualScoring.trim,
    rounding: { ...usualScoring.rounding, ...given?.rounding },
    ties: given?.ties ?? usualScoring.ties,
  };
}
