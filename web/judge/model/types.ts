/** What a judge is given (`GET /rounds/:id/tasks`), and what a judge writes. */
import type { CategoryRef, Criterion, MediaKind, MediaLinks } from '../../shared/api-types';

export type { Criterion };

export type RoundKind = 'score' | 'pass' | 'tokens';
export type RoundState = 'open' | 'paused' | 'closed';

export interface JudgedRound {
  id: string;
  name: string;
  kind: RoundKind;
  status: RoundState;
  contest: { slug: string; title: string; timeZone: string };
  category: CategoryRef;
  /** False where works are judged by their links, which name the author. */
  anonymous: boolean;
  tokens: number | null;
  deadlineAt: string | null;
  /** Organisers may see marks while the round runs. */
  marksBeforeClose: boolean;
}

export interface JudgeRoundSummary extends JudgedRound {
  /** Of works; in a round of tokens, of those. */
  done: number;
  total: number;
}

export interface JudgeRound extends JudgedRound {
  criteria: Criterion[];
  instructions: string;
  /** Whether comments are written, which go to the author. */
  comments: boolean;
  /** The share of works that are to be chosen, where it is known. */
  expected: number | null;
}

export interface TaskMedia {
  kind: MediaKind;
  width: number;
  height: number;
  durationMs: number | null;
  placeholder: string | null;
  links: MediaLinks;
}

export interface Sheet {
  version: number;
  marks: Record<string, number | null>;
  comment: string | null;
  submitted: boolean;
  savedAt: string;
}

/** Kept beside the marks. The reason of a flag is for the organiser, the rest for nobody else. */
export interface Remarks {
  favourite: boolean;
  note: string;
  flagReason: string;
}

export interface Task {
  id: string;
  state: 'open' | 'submitted';
  /** The work as a judge may know it: a code drawn for the round, never its receipt number or its author. */
  submission: {
    code: string;
    title: string;
    story: string;
    subject: string | null;
    /** On Douyin; only in a round that is not anonymous. */
    link: string | null;
    media: TaskMedia[];
  };
  sheet: Sheet | null;
  remarks: Remarks | null;
}

/** A page of the own works. `start` of them come before it; `done` and `works` are of all of them. */
export interface TaskPage {
  round: JudgeRound;
  items: Task[];
  start: number;
  works: number;
  done: number;
  next: string | null;
}

export type JudgedWork = Task['submission'];
export type Marks = Sheet['marks'];

/** What stands on a sheet while it is being written. */
export interface SheetDraft {
  marks: Marks;
  comment: string;
}
