import type { CriterionRule } from '../../shared/api-types';
import type { Round, RoundKind, RoundMethod, Scoring } from '../../shared/api-types-desk';
import { instantOf, wallTime } from '../screening/until';
import { type CriterionDraft, readCriterion } from './criteria';
import { isWithin } from '../components/numbers';
import { type ScoringDraft, scoringDraftOf, scoringSettings, trimWrong, usualScoring } from './scoring';

/** A round while its form is filled in: number fields may be empty, the deadline is as the wall shows it. */
export interface RoundDraft {
  category: string;
  name: string;
  kind: RoundKind;
  criteria: CriterionDraft[];
  method: RoundMethod;
  scoring: ScoringDraft;
  quorum: number | '';
  passPercent: number | '';
  tokens: number | '';
  judges: string[];
  /** Whether all judges judge every work, or only so many. */
  sharing: 'all' | 'some';
  perSubmission: number | '';
  /** Id of the closed round whose works go on; '' for every accepted work. */
  source: string;
  /** Of that round only those that were tied on the line. */
  tied: boolean;
  deadline: string;
  instructions: string;
  comments: boolean;
}

/** As the server takes it. */
export interface RoundSettings {
  name: string;
  criteria?: CriterionRule[];
  method?: RoundMethod;
  scoring?: Scoring;
  judges: string[];
  perSubmission: number | null;
  quorum: number | null;
  passPercent: number | null;
  tokens: number | null;
  select: { rounds: string[]; tied: boolean } | null;
  deadlineAt: string | null;
  instructions: string;
  comments: boolean;
}

/** What is missing or wrong, each a key of the form's dictionary. */
export type DraftProblem =
  | 'nameMissing'
  | 'judgesMissing'
  | 'trimWrong'
  | 'perSubmissionWrong'
  | 'quorumWrong'
  | 'passPercentWrong'
  | 'tokensWrong'
  | 'deadlineWrong'
  | 'criterionWrong';

export function draftProblems(draft: RoundDraft, timeZone: string): DraftProblem[] {
  const { kind, judges, perSubmission, quorum, passPercent, tokens } = draft;
  const sharing = sharingOf(draft);
  /** Whoever judges a work: nobody can be asked for more decisions than there are. */
  const each = sharing === 'all' ? judges.length : Number(perSubmission);
  const wrong: Record<DraftProblem, boolean> = {
    nameMissing: draft.name.trim() === '',
    criterionWrong: kind === 'score' && draft.criteria.some((criterion) => !readCriterion(criterion)),
    trimWrong: kind === 'score' && draft.method === 'trimmed' && trimWrong(draft.scoring, each),
    quorumWrong: kind === 'pass' && !isWithin(quorum, 1, Math.max(1, each)),
    passPercentWrong: kind === 'pass' && !isWithin(passPercent, 1, 100),
    tokensWrong: kind === 'tokens' && !isWithin(tokens, 1, 10_000),
    judgesMissing: judges.length === 0,
    perSubmissionWrong: sharing === 'some' && !isWithin(perSubmission, 1, Math.max(1, judges.length)),
    deadlineWrong: draft.deadline !== '' && !instantOf(draft.deadline, timeZone),
  };
  return (Object.keys(wrong) as DraftProblem[]).filter((key) => wrong[key]);
}

/** Of a draft without problems. What its kind does not ask is left out. */
export function settingsOf(draft: RoundDraft, timeZone: string): RoundSettings {
  const { kind } = draft;
  return {
    name: draft.name.trim(),
    ...(kind === 'score'
      ? {
          criteria: draft.criteria.map((each) => readCriterion(each)!),
          method: draft.method,
          scoring: scoringSettings(draft.scoring, draft.method),
        }
      : {}),
    judges: draft.judges,
    perSubmission: sharingOf(draft) === 'some' ? Number(draft.perSubmission) : null,
    quorum: kind === 'pass' ? Number(draft.quorum) : null,
    passPercent: kind === 'pass' ? Number(draft.passPercent) : null,
    tokens: kind === 'tokens' ? Number(draft.tokens) : null,
    select: draft.source ? { rounds: [draft.source], tied: draft.tied } : null,
    deadlineAt: draft.deadline ? instantOf(draft.deadline, timeZone)!.toISOString() : null,
    instructions: draft.instructions.trim(),
    comments: draft.comments,
  };
}

/** In a vote everybody sees every work. */
export function sharingOf({ kind, sharing }: RoundDraft): RoundDraft['sharing'] {
  return kind === 'tokens' ? 'all' : sharing;
}

export function newDraft(category: string, name: string, judges: string[]): RoundDraft {
  return {
    category,
    name,
    kind: 'score',
    criteria: [],
    method: 'auto',
    scoring: scoringDraftOf(usualScoring),
    quorum: Math.max(1, Math.min(2, judges.length)),
    // More than half.
    passPercent: 51,
    tokens: 10,
    judges,
    sharing: 'all',
    perSubmission: 3,
    source: '',
    tied: false,
    deadline: '',
    instructions: '',
    comments: true,
  };
}

/** A round that was set up, to be changed before it opens. */
export function draftOf(round: Round, timeZone: string): RoundDraft {
  const judges = round.judges.map(({ id }) => id);
  const fresh = newDraft(round.category.key, round.name, judges);
  return {
    ...fresh,
    kind: round.kind,
    criteria: round.kind === 'score' ? round.criteria.map((rule) => ({ ...rule })) : [],
    method: round.method,
    scoring: scoringDraftOf(round.scoring),
    quorum: round.quorum ?? fresh.quorum,
    passPercent: round.passPercent ?? fresh.passPercent,
    tokens: round.tokens ?? fresh.tokens,
    sharing: round.perSubmission === null ? 'all' : 'some',
    perSubmission: round.perSubmission ?? fresh.perSubmission,
    source: round.select?.rounds[0] ?? '',
    tied: round.select?.tied ?? false,
    deadline: round.deadlineAt ? wallTime(new Date(round.deadlineAt), timeZone) : '',
    instructions: round.instructions,
    comments: round.comments,
  };
}

/** Works that one judge will have, at least and at most, as the server hands them out. */
export function loads(works: number, judges: number, perSubmission: number | null): [number, number] {
  if (judges === 0) return [0, 0];
  const sheets = works * (perSubmission ?? judges);
  return [Math.floor(sheets / judges), Math.ceil(sheets / judges)];
}
