import type { CategoryRef, Criterion, Media, MediaLinks, Page, PrizeTier, Submission } from './api-types';

/** The shapes that only organisers and judges meet. */

export type ScreeningDecision = 'accept' | 'return' | 'reject';
export type ScreeningStatus = 'pending' | 'returned' | 'accepted' | 'rejected' | 'all';

/** What a file says of itself. Times as its clock showed them, with an offset where it told one. */
export interface FileFacts {
  takenAt: string | null;
  camera: string | null;
  lens: string | null;
  exposure: {
    fNumber: number | null;
    exposureTime: number | null;
    iso: number | null;
    focalLength: number | null;
  };
  gps: { lat: number; lon: number } | null;
  software: string | null;
  edits: { programs: string[]; history: boolean; savedAt: string | null };
  provenance: {
    c2pa: boolean;
    ai: 'generated' | 'edited' | 'possible' | null;
    mark: string | null;
    generator: string | null;
  };
}

export interface ScreeningItem extends Submission {
  media: (Media & { facts: FileFacts | null })[];
  sentBy: { name: string };
  /** Numbers of other works with the same or a similar picture. */
  duplicates: string[];
  lookAlikes: LookAlike[];
}

/** The same bytes, the same picture, or alike enough to look. */
export type Certainty = 'same_file' | 'same_picture' | 'similar';

/** A file that one of a work's files looks like, of another work or of its own. `place` counts a work's files from 1. */
export interface LookAlike {
  pair: string;
  certainty: Certainty;
  mediaId: string;
  place: number;
  other: {
    id: string;
    number: string;
    title: string;
    status: Submission['status'];
    author: string;
    submittedAt: string | null;
    mediaId: string;
    place: number;
    files: number;
    width: number | null;
    height: number | null;
    placeholder: string | null;
    links: MediaLinks;
  };
}

export interface ScreeningPage extends Page<ScreeningItem> {
  counts: Record<ScreeningStatus, number>;
}

export interface BulkScreeningResult {
  done: number;
  refused: { id: string; code: string; detail: string }[];
}

export interface Person {
  id: string;
  name: string;
  login: string;
  roles: string[];
}

export interface RoundJudge {
  id: string;
  name: string;
  done: number;
  total: number;
  /** Takes no more works; what was submitted before counts. */
  left: boolean;
  /** In whose place this judge came. */
  replaces: string | null;
}

/** Marks by criteria; pass or fail; or each judge lays so many tokens (投子), at most one on a work. */
export type RoundKind = 'score' | 'pass' | 'tokens';
export type RoundStatus = 'draft' | 'open' | 'paused' | 'closed';

/** How works were selected from a closed round for the next one. */
export type Selection =
  | { by: 'number'; count: number; tied: 'in' | 'out' }
  | { by: 'threshold'; least: number }
  | { by: 'hand'; reason: string };

export type RoundMethod = 'auto' | 'mean' | 'trimmed' | 'median' | 'sum' | 'borda' | 'additive' | 'z_score';

/** Of a value half-way between two: away from zero, to the even one; or always down or up. */
export type RoundingMode = 'half-away' | 'half-even' | 'down' | 'up';
export interface Rounding {
  places: number;
  mode: RoundingMode;
}

/** What may decide between equal scores; after all of them the draw does. */
export type TieStep =
  'criterion' | 'untrimmed_mean' | 'median' | 'sorted_marks' | 'chair' | 'earlier_submission';

/** What a round of marks fixes beside its method. */
export interface Scoring {
  /** How many of the highest and lowest totals the trimmed mean drops; null: one and one. */
  trim: { highest: number; lowest: number } | null;
  /** Of each judge's total, and of the score; null: exact. */
  rounding: { sheet: Rounding | null; score: Rounding | null };
  ties: TieStep[];
}

export interface Round {
  id: string;
  name: string;
  kind: RoundKind;
  status: RoundStatus;
  category: CategoryRef;
  criteria: Criterion[];
  method: RoundMethod;
  scoring: Scoring;
  /** Judges for each work when the round opened, by which the method was chosen; null before. */
  plannedJudges: number | null;
  /** Judges for each work; null: all of them. */
  perSubmission: number | null;
  /** Of a pass/fail round: so many must have decided, and so many of a hundred of them pass it. */
  quorum: number | null;
  passPercent: number | null;
  tokens: number | null;
  /** Closed rounds whose selected, or tied, works this one takes; null: every accepted work. */
  select: { rounds: string[]; tied: boolean } | null;
  selection: Selection | null;
  selected: number;
  tied: number;
  deadlineAt: string | null;
  instructions: string;
  comments: boolean;
  /** False where works are judged by their links, which name the author. */
  anonymous: boolean;
  judges: RoundJudge[];
  works: number;
  done: number;
  total: number;
  openedAt: string | null;
  closedAt: string | null;
  closeReason: string | null;
  settingsHash: string | null;
  /** Whether organisers may see marks before the close; frozen as it opens. */
  marksBeforeClose: boolean;
}

export interface ResultSummary {
  id: string;
  status: 'dry' | 'locked' | 'superseded';
  /** 1, 2, 3 … among those that were locked. */
  version: number | null;
  supersedes: string | null;
  category: string;
  createdAt: string;
  lockedAt: string | null;
  hash: string | null;
}

export interface ResultSumLine {
  judge: string;
  total: string;
  dropped: null | 'highest' | 'lowest';
  adjustment: string | null;
  /** Points by rank, or a z-score, where not the total counts. */
  counted: string | null;
  criteria: { name: string; mark: number; weight: number }[];
}

/** How a result was ranked; in words of both languages for whoever wants no more. */
export interface ResultMethod {
  key: 'mean' | 'trimmed' | 'median' | 'sum' | 'borda' | 'additive' | 'z_score' | 'tokens' | 'pass';
  planned: number;
  adjusted: boolean;
  words: Record<'how' | 'why', { zh: string; en: string }>;
}

export interface ResultPlace {
  place: number;
  submission: {
    id: string;
    number: string;
    title: string;
    author: string;
    community: string | null;
    thumb: string | null;
    placeholder: string | null;
  };
  score: string;
  exact: string;
  tier: string | null;
  skipped: null | 'PERSON_LIMIT' | 'NO_ROOM';
  tieBrokenBy: null | TieStep | 'draw';
  spread: string;
  sum: ResultSumLine[];
}

export interface Result extends Omit<ResultSummary, 'category'> {
  category: CategoryRef;
  round: { id: string; name: string; anonymous: boolean };
  method: ResultMethod;
  ranking: ResultPlace[];
  tiers: (PrizeTier & { filled: number })[];
  totals: { awards: number; amountYuan: number; budgetAwards: number; budgetYuan: number };
}

export interface Overview {
  submissions: Record<'draft' | 'submitted' | 'accepted' | 'returned' | 'rejected' | 'withdrawn', number>;
  byCategory: { key: string; name: string; total: number; accepted: number }[];
  media: Record<'pending' | 'ready' | 'failed', number>;
  people: { entrants: number; judges: number };
  rounds: Round[];
  results: ResultSummary[];
}
