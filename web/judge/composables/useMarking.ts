import { computed, inject, onScopeDispose, provide, ref, shallowRef, watch, type InjectionKey } from 'vue';
import { useWords } from '../../shared/i18n';
import { MarkEntry, markFrom } from '../model/keys';
import { decision, decisive } from '../model/kinds';
import { sameDraft } from '../model/sheet';
import type { SheetDraft } from '../model/types';
import { words } from '../words-kinds';
import type { Room, WorkRecord } from './useRoom';

export type Marking = ReturnType<typeof createMarking>;
const MARKING: InjectionKey<Marking> = Symbol('marking');

/** How the current work is marked: the focused criterion, digits on their way, undo across works. */
export function provideMarking(room: Room): Marking {
  const marking = createMarking(room);
  provide(MARKING, marking);
  return marking;
}

export function useMarking(): Marking {
  const marking = inject(MARKING);
  if (!marking) throw new Error('useMarking() outside of the dark room');
  return marking;
}

interface Change {
  record: WorkRecord;
  before: SheetDraft;
  criterion: number;
}

function createMarking(room: Room) {
  const { t } = useWords(words);
  const { criteria } = room.round;
  /** The one decision of a round without points. */
  const only = decisive(room.round);
  const focused = ref(0);
  const pending = ref('');
  /** What was typed and is no mark of this range; shown until the next key. */
  const refused = ref<string | null>(null);
  const history = shallowRef<readonly Change[]>([]);
  const last = computed(() => history.value.at(-1) ?? null);
  const writable = computed(() => !room.locked.value && room.current.value?.recused === false);

  /**
   * Whoever types 85 and then Enter means one thing, however slowly: where the last thing that happened is that a
   * number took itself, the next Enter still belongs to it. On its way it may have brought the next work.
   */
  let enterIsDue = false;

  const rangeOf = (index: number) => criteria[index] ?? { min: 0, max: 100, step: 1 };
  const entry = new MarkEntry(
    rangeOf(0),
    {
      pending: (text) => (pending.value = text),
      commit: (mark) => {
        setMark(mark);
        enterIsDue = true;
      },
      refuse: (text) => (refused.value = text),
    },
    { set: (run, ms) => window.setTimeout(run, ms), clear: (id) => window.clearTimeout(id) },
  );
  onScopeDispose(() => entry.drop());

  function focus(index: number): void {
    if (index < 0 || index >= criteria.length) return;
    if (index !== focused.value) entry.leave();
    focusNow(index);
  }

  function focusNow(index: number): void {
    focused.value = index;
    refused.value = null;
    enterIsDue = false;
    entry.setRange(rangeOf(index));
  }

  // Synchronous: the next digit may already be in the same row of keys.
  watch(
    () => room.current.value?.taskId,
    () => focusNow(0),
    { flush: 'sync' },
  );

  function change(record: WorkRecord, after: SheetDraft): void {
    if (sameDraft(record.draft, after)) return;
    history.value = [...history.value, { record, before: record.draft, criterion: focused.value }];
    room.write(record, after);
  }

  /** Gives the focused criterion a mark and goes on. */
  function setMark(mark: number): void {
    const record = room.current.value;
    const criterion = criteria[focused.value];
    if (!record || !criterion || !writable.value) return;
    change(record, { ...record.draft, marks: { ...record.draft.marks, [criterion.id]: mark } });
    goOn(record);
  }

  /** To the next criterion; from the last to one that is still missing; when none is, to the next work. */
  function goOn(record: WorkRecord): void {
    if (focused.value < criteria.length - 1) return focusNow(focused.value + 1);
    const missing = criteria.findIndex(({ id }) => record.draft.marks[id] === null);
    if (missing >= 0) return focusNow(missing);
    const advance = room.preferences.autoAdvance && room.view.value === 'single';
    if (!advance || !room.selectNext((next) => !room.judged(next))) focusNow(0);
  }

  /** Passes (1) or fails (0), lays a token (1) or takes it back (0), or takes the decision away (null). */
  function decide(mark: 0 | 1 | null): void {
    const record = room.current.value;
    if (!only || !record || !writable.value) return;
    const tokens = room.round.kind === 'tokens';
    const before = decision(room.round, record.draft.marks);
    if (tokens && mark !== 1 && before !== 1) return;
    if (tokens && mark === 1 && before !== 1 && room.done.value >= (room.round.tokens ?? 0)) {
      room.hint.value = t('noTokensLeft', { n: room.round.tokens ?? 0 });
      return;
    }
    change(record, { ...record.draft, marks: { [only.id]: tokens ? (mark ?? 0) : mark } });
    if (!tokens && mark !== null) goOn(record);
  }

  function type(char: string): boolean {
    if (!writable.value || only) return false;
    refused.value = null;
    return entry.type(char);
  }

  /** Enter and Tab: take what is typed, or go on without a mark. */
  function enter(): void {
    const due = enterIsDue;
    const took = entry.enter();
    enterIsDue = false;
    if (took || due) return;
    const record = room.current.value;
    if (!record) return;
    if (focused.value < criteria.length - 1) focusNow(focused.value + 1);
    else if ((only || room.judged(record)) && room.view.value === 'single') room.step(1);
    else focusNow(0);
  }

  /** A mark written by a touch keyboard into the field. False if it is none. */
  function writeText(text: string): boolean {
    entry.drop();
    const mark = markFrom(text.trim(), rangeOf(focused.value));
    if (mark === null) refused.value = text;
    else setMark(mark);
    return mark !== null;
  }

  /** Backspace: the last typed digit, else the focused mark, else the mark before it. */
  function clear(): void {
    refused.value = null;
    if (only) return decide(null);
    if (entry.back()) return;
    const record = room.current.value;
    if (!record || !writable.value) return;
    const hasMark = (index: number) => (record.draft.marks[criteria[index]?.id ?? ''] ?? null) !== null;
    const target = hasMark(focused.value) ? focused.value : focused.value - 1;
    const criterion = criteria[target];
    if (!criterion) return;
    focusNow(target);
    change(record, { ...record.draft, marks: { ...record.draft.marks, [criterion.id]: null } });
  }

  function comment(record: WorkRecord, text: string): void {
    if (!room.locked.value && !record.recused) change(record, { ...record.draft, comment: text });
  }

  /** Takes back the last change, wherever it was made, and shows that work. */
  function undo(): void {
    entry.drop();
    const undone = history.value.at(-1);
    if (!undone || room.locked.value) return;
    history.value = history.value.slice(0, -1);
    room.select(undone.record.index);
    room.write(undone.record, undone.before);
    focusNow(undone.criterion);
  }

  return {
    focused,
    pending,
    refused,
    writable,
    last,
    focus,
    type,
    enter,
    leave: () => entry.leave(),
    setMark,
    decide,
    writeText,
    clear,
    comment,
    undo,
    drop: () => entry.drop(),
    hasPending: () => pending.value !== '',
  };
}
