import {
  computed,
  inject,
  provide,
  readonly,
  ref,
  shallowReactive,
  shallowRef,
  type InjectionKey,
} from 'vue';
import type { QueueEntry } from '../model/save-queue';
import { isComplete } from '../model/score';
import { draftOf } from '../model/sheet';
import { nextWhere, stepIn } from '../model/grid';
import type { JudgedWork, RoundTasks, Sheet, SheetDraft } from '../model/types';
import { usePreferences } from './usePreferences';
import { useSaveQueue } from './useSaveQueue';

/** One work on the table. Shallowly reactive: ten thousand of them cost nothing until they are looked at. */
export interface WorkRecord {
  readonly taskId: string;
  readonly index: number;
  readonly work: JudgedWork;
  /** What the judge sees and writes; may be ahead of the server. */
  draft: SheetDraft;
  /** What the server last said. */
  known: SheetDraft;
  /** The server's version that the draft builds on. */
  version: number;
  /** Whether the server counts this sheet. */
  submitted: boolean;
  recused: boolean;
  /** A save that needs the judge's decision. */
  held: QueueEntry | null;
}

export type View = 'grid' | 'single' | 'compare';

/** What the picture or film on the stage lets the keyboard do. */
export interface StageControls {
  /** 100 % or back; a film plays or pauses. */
  zoom(): void;
  /** One frame on (1) or back (-1). */
  frame?(delta: number): void;
}

export type Room = ReturnType<typeof createRoom>;
const ROOM: InjectionKey<Room> = Symbol('dark room');

/** The state of one judge's round: works, sheets, position, and the way of every change to the server. */
export function provideRoom(data: RoundTasks, accountId: string): Room {
  const room = createRoom(data, accountId);
  provide(ROOM, room);
  return room;
}

export function useRoom(): Room {
  const room = inject(ROOM);
  if (!room) throw new Error('useRoom() outside of the dark room');
  return room;
}

function createRoom({ round, items }: RoundTasks, accountId: string) {
  const key = `dingge.judge.${accountId}.${round.id}`;
  const preferences = usePreferences(key);
  const records = items.map((task, index) =>
    shallowReactive<WorkRecord>({
      taskId: task.id,
      index,
      work: task.submission,
      draft: draftOf(round.criteria, task.sheet),
      known: draftOf(round.criteria, task.sheet),
      version: task.sheet?.version ?? 0,
      submitted: task.state === 'submitted',
      recused: task.state === 'recused',
      held: null,
    }),
  );
  const byTask = new Map(records.map((record) => [record.taskId, record]));
  /** The server's sentence once the round is closed; the room is read-only from then on. */
  const closedBecause = ref<string | null>(null);
  const locked = computed(() => round.status !== 'open' || closedBecause.value !== null);

  const { queue, status } = useSaveQueue(key, {
    saved(taskId, sheet, final) {
      const record = byTask.get(taskId);
      if (!record) return;
      take(record, sheet, final);
      count();
    },
    held(entry) {
      const record = byTask.get(entry.taskId);
      if (record) record.held = entry;
      if (entry.state === 'closed') closedBecause.value = entry.detail ?? '';
    },
  });

  function take(record: WorkRecord, sheet: Sheet, final: boolean): void {
    record.version = sheet.version;
    record.submitted = sheet.submitted;
    record.known = draftOf(round.criteria, sheet);
    if (!final) return;
    record.draft = record.known;
    record.held = null;
  }

  const judged = (record: WorkRecord) => record.recused || isComplete(round.criteria, record.draft.marks);
  const done = ref(0);
  const everySubmitted = ref(false);
  /** True only when the server has every sheet and nothing is on its way to it. */
  const allDone = computed(() => everySubmitted.value && status.value.waiting === 0);
  function count(): void {
    done.value = records.filter(judged).length;
    everySubmitted.value =
      records.length > 0 && records.every((record) => record.recused || record.submitted);
  }

  const startAt = preferences.lastTask ? (byTask.get(preferences.lastTask)?.index ?? 0) : firstOpen();
  const index = ref(startAt);
  const mediaIndex = ref(0);
  const view = ref<View>(preferences.lastView);
  const current = computed(() => records[index.value] ?? null);
  const stage = shallowRef<StageControls | null>(null);

  function firstOpen(): number {
    return Math.max(
      0,
      records.findIndex((record) => !judged(record)),
    );
  }

  function select(next: number): void {
    const record = records[next];
    if (!record) return;
    if (next !== index.value) mediaIndex.value = 0;
    index.value = next;
    preferences.lastTask = record.taskId;
  }

  function show(next: View): void {
    view.value = next;
    if (next !== 'compare') preferences.lastView = next;
  }

  /** Goes on to the next work, round the end, for which the condition holds. False if there is none. */
  function selectNext(wanted: (record: WorkRecord) => boolean): boolean {
    const next = nextWhere(records.length, index.value, (at) => {
      const record = records[at];
      return record !== undefined && wanted(record);
    });
    if (next !== null) select(next);
    return next !== null;
  }

  /** Writes a sheet: on the screen at once, to the server through the queue. */
  function write(record: WorkRecord, draft: SheetDraft): void {
    if (locked.value || record.recused) return;
    record.draft = draft;
    const entry = queue.get(record.taskId);
    if (entry?.state === 'refused') record.held = null;
    queue.put(
      record.taskId,
      { ...draft, submitted: isComplete(round.criteria, draft.marks) },
      record.version,
    );
    count();
  }

  function recuse(record: WorkRecord): void {
    queue.discard(record.taskId);
    record.recused = true;
    record.held = null;
    count();
  }

  /** Goes back to what the server last said, and forgets the change that it did not take. */
  function giveUp(record: WorkRecord): void {
    queue.discard(record.taskId);
    record.draft = record.known;
    record.held = null;
    count();
  }

  const isFlagged = (taskId: string) => preferences.flagged.includes(taskId);
  function toggleFlag(taskId: string): void {
    preferences.flagged = isFlagged(taskId)
      ? preferences.flagged.filter((id) => id !== taskId)
      : [...preferences.flagged, taskId];
  }

  for (const entry of queue.restore()) {
    const record = byTask.get(entry.taskId);
    if (!record || record.recused) queue.discard(entry.taskId);
    else {
      record.draft = draftOf(round.criteria, entry.write);
      if (entry.state !== 'waiting') record.held = entry;
    }
  }
  count();

  return {
    round,
    records,
    preferences,
    queue,
    status,
    closedBecause: readonly(closedBecause),
    locked,
    done: readonly(done),
    allDone,
    index: readonly(index),
    mediaIndex,
    view: readonly(view),
    current,
    stage,
    judged,
    select,
    step: (delta: number) => select(stepIn(records.length, index.value, delta)),
    selectNext,
    show,
    write,
    recuse,
    giveUp,
    isFlagged,
    toggleFlag,
  };
}
