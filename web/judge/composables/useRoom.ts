import { computed, inject, provide, readonly, ref, shallowRef, watch, type InjectionKey } from 'vue';
import { nextWhere, stepIn } from '../model/grid';
import { isComplete } from '../model/score';
import { draftOf } from '../model/sheet';
import type { Remarks, Sheet, SheetDraft, TaskPage } from '../model/types';
import { useAllDone } from './useAllDone';
import { roomKey, usePreferences } from './usePreferences';
import { useRemarks } from './useRemarks';
import { useRoundWatch } from './useRoundWatch';
import { useSaveQueue } from './useSaveQueue';
import { useWorks, type WorkRecord } from './useWorks';

export type { WorkRecord };
export type View = 'grid' | 'single' | 'compare';

/** What the picture or film on the stage lets the keyboard do. */
export interface StageControls {
  /** 100 % or back; a film plays or pauses. */
  zoom(): void;
  zoomBy?(factor: number): void;
  /** Moves the frame over a zoomed picture, by shares of the frame. False if it is not zoomed. */
  pan?(x: number, y: number): boolean;
  /** One frame on (1) or back (-1). */
  frame?(delta: number): void;
  speed?(delta: number): void;
  mute?(): void;
}

export type Room = ReturnType<typeof createRoom>;
const ROOM: InjectionKey<Room> = Symbol('dark room');

/** The state of one judge's round: works, sheets, position, and the way of every change to the server. */
export function provideRoom(first: TaskPage, accountId: string): Room {
  const room = createRoom(first, accountId);
  provide(ROOM, room);
  return room;
}

export function useRoom(): Room {
  const room = inject(ROOM);
  if (!room) throw new Error('useRoom() outside of the dark room');
  return room;
}

function createRoom(first: TaskPage, accountId: string) {
  const key = roomKey(accountId, first.round.id);
  const preferences = usePreferences(key);
  /** A sentence that passes: what a key could not do, and why. */
  const hint = ref<string | null>(null);

  /** The server's sentence once the round is closed; the room is read-only from then on. */
  const closedBecause = ref<string | null>(null);
  const { queue, status } = useSaveQueue(key, {
    saved(taskId, sheet, final) {
      const record = works.byTask.get(taskId);
      if (record) works.change(record, () => take(record, sheet, final));
    },
    held(entry) {
      const record = works.byTask.get(entry.taskId);
      if (record) record.held = entry;
      if (entry.state === 'closed') closedBecause.value = entry.detail ?? '';
    },
  });
  const remarks = useRemarks(key, (_, detail) => (hint.value = detail));

  queue.restore();
  remarks.queue.restore();
  const works = useWorks(first, {
    // What waits on this device is ahead of what the server has.
    arrived(record) {
      const waiting = queue.get(record.taskId);
      if (waiting) {
        record.draft = draftOf(first.round.criteria, waiting.write);
        record.held = waiting.state === 'waiting' ? null : waiting;
      }
      record.remarks = { ...record.remarks, ...remarks.queue.get(record.taskId) };
    },
    reordered() {
      index.value = works.byTask.get(preferences.lastTask ?? '')?.index ?? 0;
    },
  });
  const { round, records } = works;

  const paused = computed(() => round.status === 'paused' || status.value.phase === 'paused');
  const locked = computed(() => round.status !== 'open' || paused.value || closedBecause.value !== null);
  /** Whether the server has everything, marks and remarks. */
  const saving = computed(() => {
    const { phase, waiting } = status.value;
    if (phase !== 'saved' || remarks.waiting.value === 0) return { phase, waiting };
    return { phase: remarks.stuck.value ? 'offline' : 'saving', waiting: remarks.waiting.value } as const;
  });

  function take(record: WorkRecord, sheet: Sheet, final: boolean): void {
    record.version = sheet.version;
    record.savedAt = sheet.savedAt;
    record.submitted = sheet.submitted;
    record.known = draftOf(round.criteria, sheet);
    if (!final) return;
    record.draft = record.known;
    record.held = null;
  }

  const index = ref(placeOf(preferences.lastTask));
  const mediaIndex = ref(0);
  const view = ref<View>(preferences.lastView);
  const current = computed(() => records[index.value] ?? null);
  const stage = shallowRef<StageControls | null>(null);
  /** What `N` looks for while the work that it leads to is not here yet. */
  let seeking: ((record: WorkRecord) => boolean) | null = null;

  function placeOf(taskId: string | null): number {
    const known = taskId === null ? undefined : works.byTask.get(taskId)?.index;
    return (
      known ??
      Math.max(
        0,
        records.findIndex((record) => record !== undefined && !works.judged(record)),
      )
    );
  }

  function select(next: number): void {
    if (next < 0 || next >= records.length) return;
    seeking = null;
    if (next !== index.value) mediaIndex.value = 0;
    index.value = next;
    const record = records[next];
    if (record) preferences.lastTask = record.taskId;
  }

  function show(next: View): void {
    view.value = next;
    if (next !== 'compare') preferences.lastView = next;
  }

  /** Goes on to the next work, round the end, for which the condition holds. False if there is none. */
  function selectNext(wanted: (record: WorkRecord) => boolean): boolean {
    const next = nextWhere(records.length, index.value, (at) => {
      const record = records[at];
      return record === undefined || wanted(record);
    });
    if (next === null) return false;
    if (records[next]) select(next);
    else seeking = wanted;
    return true;
  }

  watch(
    () => works.ahead.works,
    () => {
      if (seeking) selectNext(seeking);
    },
  );
  function turnSurround(): void {
    preferences.surround = ((preferences.surround + 1) % 3) as typeof preferences.surround;
  }

  /** Writes a sheet: on the screen at once, to the server through the queue. */
  function write(record: WorkRecord, draft: SheetDraft): void {
    if (locked.value || record.recused) return;
    const entry = queue.get(record.taskId);
    works.change(record, () => (record.draft = draft));
    if (entry?.state === 'refused') record.held = null;
    const submitted = isComplete(round.criteria, draft.marks);
    queue.put(record.taskId, { ...draft, submitted }, record.version);
  }

  function recuse(record: WorkRecord): void {
    queue.discard(record.taskId);
    works.change(record, () => (record.recused = true));
    record.held = null;
  }

  /** Goes back to what the server last said, and forgets the change that it did not take. */
  function giveUp(taskId: string): void {
    queue.discard(taskId);
    const record = works.byTask.get(taskId);
    if (!record) return;
    works.change(record, () => (record.draft = record.known));
    record.held = null;
  }

  function remark(record: WorkRecord, change: Partial<Remarks>): void {
    if (record.recused) return;
    record.remarks = { ...record.remarks, ...change };
    remarks.queue.put(record.taskId, change);
  }

  select(index.value);
  const allDone = useAllDone(works, () => status.value.waiting);
  useRoundWatch(works.check, paused, queue);

  return {
    round,
    records,
    byTask: works.byTask,
    works: works.here,
    loading: works.loading,
    trouble: works.trouble,
    preferences,
    queue,
    status,
    saving,
    hint,
    closedBecause: readonly(closedBecause),
    paused,
    locked,
    done: works.done,
    allDone,
    goal: works.goal,
    index: readonly(index),
    mediaIndex,
    view: readonly(view),
    current,
    stage,
    judged: works.judged,
    load: works.load,
    check: works.check,
    select,
    step: (delta: number) => select(stepIn(records.length, index.value, delta)),
    selectNext,
    show,
    turnSurround,
    write,
    recuse,
    giveUp,
    remark,
  };
}
