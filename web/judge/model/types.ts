/** What a judge is given (`GET /rounds/:id/tasks`), and what a judge writes. */
import type { Sheet, Task } from '../../shared/api-types-desk';

export type { Criterion } from '../../shared/api-types';
export type { JudgeRoundSummary, RoundTasks, Sheet, Task, TaskMedia } from '../../shared/api-types-desk';

/** The work as a judge may know it: a code drawn for the round, never its receipt number or its author. */
export type JudgedWork = Task['submission'];
export type Marks = Sheet['marks'];

/** What stands on a sheet while it is being written. */
export interface SheetDraft {
  marks: Marks;
  comment: string;
}
