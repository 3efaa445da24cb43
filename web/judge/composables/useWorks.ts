import { computed, onScopeDispose, readonly, ref, shallowReactive } from 'vue';
import { api, asProblem } from '../../shared/api';
import { decision, goalOf, isJudged } from '../model/kinds';
import type { QueueEntry } from '../model/save-queue';
import { draftOf } from '../model/sheet';
import type { JudgedWork, Remarks, SheetDraft, Task, TaskPage } from '../model/types';

/** One work on the table. Shallowly reactive: ten thousand of them cost nothing until they are looked at. */
export interface WorkRecord {
  readonly taskId: string;
  /** The place in the list; changes only where the organiser changes the list. */
  index: number;
  readonly work: JudgedWork;
  /** What the judge sees and writes; may be ahead of the server. */
  draft: SheetDraft;
  /** What the server last said. */
  known: SheetDraft;
  /** The server's version that the draft builds on. */
  version: number;
  savedAt: string | null;
  /** Whether the server counts this sheet. */
  submitted: boolean;
  remarks: Remarks;
  recused: boolean;
  /** A save that needs the judge's decision. */
  held: QueueEntry | null;
}

/** The room opens with a smaller one. */
const PAGE = 250;
const NO_REMARKS: Remarks = { favourite: false, note: '', flagReason: '' };

interface WorkEvents {
  /** A work is here, as the server has it. */
  arrived(record: WorkRecord): void;
  /** The list is another one: places have changed. */
  reordered(): void;
}

export type Works = ReturnType<typeof useWorks>;

/**
 * The judge's own works. The room opens with one page of them; the others come one page after the other, and until
 * then are counted as the server counted them. Their places are known from the beginning.
 */
export function useWorks(first: TaskPage, { arrived, reordered }: WorkEvents) {
  const round = shallowReactive({ ...first.round });
  const records = shallowReactive<(WorkRecord | undefined)[]>(Array<undefined>(first.works).fill(undefined));
  const byTask = new Map<string, WorkRecord>();
  /** Of those that are here: all that count, those with all marks, and those that the server counts. */
  const here = shallowReactive({ works: 0, judged: 0, handedIn: 0 });
  /** Of those that are still to come, as the server counts them. */
  const ahead = shallowReactive({ works: first.works, done: first.done });
  const loading = ref(true);
  const trouble = ref<string | null>(null);
  const patience = new AbortController();
  onScopeDispose(() => patience.abort());

  const judged = (record: WorkRecord) => record.recused || isJudged(round, record.draft.marks);
  const counted = (submitted: boolean, { marks }: Pick<SheetDraft, 'marks'>) =>
    submitted && (round.kind !== 'tokens' || decision(round, marks) === 1);

  function count(record: WorkRecord, by: 1 | -1): void {
    if (record.recused) return;
    here.works += by;
    if (judged(record)) here.judged += by;
    if (counted(record.submitted, record.known)) here.handedIn += by;
  }

  /** Every change of a record goes through here, so that the counts go along. */
  function change(record: WorkRecord, apply: () => void): void {
    count(record, -1);
    apply();
    count(record, 1);
  }

  function recordOf(task: Task, index: number): WorkRecord {
    const record = shallowReactive<WorkRecord>({
      taskId: task.id,
      index,
      work: task.submission,
      ...seen(task),
    });
    byTask.set(task.id, record);
    arrived(record);
    return record;
  }

  function seen(task: Task) {
    const known = draftOf(round.criteria, task.sheet);
    return {
      draft: known,
      known,
      version: task.sheet?.version ?? 0,
      savedAt: task.sheet?.savedAt ?? null,
      submitted: task.state === 'submitted',
      remarks: task.remarks ?? NO_REMARKS,
      recused: false,
      held: null,
    };
  }

  /** Puts a page into its places. False if others are there already: then the list is no longer what it was. */
  function place({ items, start, works }: TaskPage): boolean {
    if (works !== records.length) return false;
    for (const [offset, task] of items.entries()) {
      const index = start + offset;
      const there = records[index];
      if (there ? there.taskId !== task.id : byTask.has(task.id)) return false;
      if (there) continue;
      const record = recordOf(task, index);
      records[index] = record;
      count(record, 1);
      ahead.works -= 1;
      if (task.sheet && counted(task.state === 'submitted', task.sheet)) ahead.done -= 1;
    }
    return true;
  }

  /** Page after page, to the end or to what is here already. False if the list changed meanwhile. */
  async function follow(cursor: string | null | undefined, end = Infinity): Promise<boolean> {
    while (cursor !== null) {
      const page: TaskPage = await fetchPage({ limit: PAGE, cursor });
      if (!place(page)) return false;
      cursor = page.start + page.items.length < end ? page.next : null;
    }
    return true;
  }

  async function load(): Promise<void> {
    const whole = (await follow(first.next)) && (first.start === 0 || (await follow(undefined, first.start)));
    if (!whole || ahead.works > 0) await reload();
    loading.value = false;
  }

  /** Reads the whole list anew: the organiser changed it. What is written here and not saved yet stays. */
  async function reload(): Promise<void> {
    loading.value = true;
    const tasks = new Map<string, Task>();
    let page: TaskPage | undefined;
    do {
      page = await fetchPage({ limit: PAGE, cursor: page?.next ?? undefined });
      for (const task of page.items) tasks.set(task.id, task);
    } while (page.next !== null);
    const fresh = [...tasks.values()].map((task, index) => {
      const known = byTask.get(task.id);
      if (!known) return recordOf(task, index);
      Object.assign(known, seen(task), { index });
      arrived(known);
      return known;
    });
    for (const taskId of byTask.keys()) if (!tasks.has(taskId)) byTask.delete(taskId);
    Object.assign(here, { works: 0, judged: 0, handedIn: 0 });
    Object.assign(ahead, { works: 0, done: 0 });
    for (const record of fresh) count(record, 1);
    records.splice(0, records.length, ...fresh);
    reordered();
    loading.value = false;
  }

  /** Asks how the round stands. Reads the list anew where it is another one. */
  async function check(): Promise<TaskPage> {
    const page = await fetchPage({ limit: 1 });
    Object.assign(round, page.round);
    if (!loading.value && page.works !== here.works) await reload();
    return page;
  }

  /** Goes on trying while there is no connection; a refusal is shown, and ends it. */
  async function fetchPage(query: { limit: number; cursor?: string }): Promise<TaskPage> {
    for (let wait = 1_000; ; wait = Math.min(30_000, wait * 2)) {
      try {
        const page = await api.get<TaskPage>(`/rounds/${round.id}/tasks`, { query, signal: patience.signal });
        trouble.value = null;
        return page;
      } catch (error) {
        if (patience.signal.aborted) throw error;
        const problem = asProblem(error);
        if (!problem.temporary && problem.status !== 401) {
          trouble.value = problem.detail;
          throw problem;
        }
        await new Promise((resolve) => window.setTimeout(resolve, wait));
      }
    }
  }

  place(first);

  return {
    round,
    records,
    byTask,
    here,
    ahead: readonly(ahead),
    loading: readonly(loading),
    trouble: readonly(trouble),
    /** Done as the judge sees it: what is on its way counts, too. */
    done: computed(() => here.judged + ahead.done),
    goal: computed(() => goalOf(round, here.works + ahead.works)),
    judged,
    change,
    /** What was refused for good stands in `trouble`; a page that was left asks for nothing more. */
    load: () => load().catch(() => undefined),
    check,
  };
}
