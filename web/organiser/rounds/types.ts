/** What the server says of a round that runs, as `src/judging` has it. */

export interface JudgeProgress {
  id: string;
  name: string;
  left: boolean;
  done: number;
  total: number;
  recused: number;
  firstSavedAt: string | null;
  lastSavedAt: string | null;
  /** Median between two works marked one after the other. */
  secondsPerWork: number | null;
  /** The shortest time in which twenty works were marked. */
  fastestTwentySeconds: number | null;
  tooFast: boolean;
  expectedEnd: string | null;
  remindedAt: string | null;
}

export interface WaitingWork {
  id: string;
  code: string;
  number: string;
  title: string;
  sheets: number;
  wanted: number;
}

export interface RoundProgress {
  now: string;
  judges: JudgeProgress[];
  /** How many works have how many sheets. */
  works: { sheets: number; works: number }[];
  fewest: WaitingWork[];
  expectedEnd: string | null;
}

export interface JudgingSettings {
  /** Whether rounds that open from now on let organisers see marks before their close. */
  marksBeforeClose: boolean;
}

export interface RoundMarks {
  judges: { id: string; name: string }[];
  items: {
    submission: string;
    code: string;
    number: string;
    title: string;
    sheets: { judge: string; marks: Record<string, number | null> }[];
  }[];
}

export interface Flag {
  submissionId: string;
  code: string;
  number: string;
  title: string;
  judge: string;
  reason: string;
  flaggedAt: string;
}

export type PanelChange =
  | { type: 'add-judge'; judge: string }
  | { type: 'remove-judge'; judge: string; reason: string }
  | { type: 'replace-judge'; judge: string; by: string; take: 'open' | 'all'; reason: string }
  | { type: 'per-submission'; perSubmission: number | null; reason: string }
  | { type: 'remove-work'; submission: string; status: 'withdrawn' | 'disqualified'; reason: string }
  | { type: 'add-work'; submission: string; reason: string };

/** In a round of tokens a sheet is a vote: how many there are is null. */
export interface Load {
  done: number | null;
  total: number;
}

/** What a change does, or would do. */
export interface PanelEffect {
  added: number;
  released: number;
  kept: number | null;
  uncounted: number | null;
  works: { before: number; after: number };
  judges: { id: string; name: string; left: boolean; before: Load; after: Load }[];
  /** Works that would have fewer judges than they shall have. */
  lacking: { code: string; number: string; eligible: number }[];
  connected: boolean;
}

export type ConflictTarget = { of: 'submission' | 'author' | 'community' | 'unit'; id: string };

export interface Conflict {
  id: string;
  judge: { id: string; name: string };
  of: ConflictTarget['of'];
  name: string;
  reason: string;
  /** The unit is the judge's own. */
  automatic: boolean;
  /** Why an automatic one doesn't count. */
  lifted: string | null;
  createdAt: string;
}

export interface NewConflict {
  judge: string;
  target: ConflictTarget;
  reason: string;
}

export interface ConflictEffect {
  id: string | null;
  rounds: { round: string; effect: PanelEffect }[];
}

export interface SelectedWork {
  submission: string;
  code: string;
  number: string;
  title: string;
  /** What it was selected by; null: too few marks. */
  value: string | null;
  sheets: number;
  fate: 'yes' | 'tied' | 'no';
}

export interface SelectionOutcome {
  works: number;
  authors: number;
  tied: number;
  of: number;
  items: SelectedWork[];
}
