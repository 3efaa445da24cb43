import { computed, onScopeDispose, reactive, ref, shallowRef, watch, type ShallowRef } from 'vue';
import { api, ApiProblem, asProblem } from '../../shared/api';
import type { Contest, Submission, SubmissionFields } from '../../shared/api-types';
import { useSession } from '../../shared/session';
import { dropWords, keepWords, keptWords } from '../../shared/kept-words';
import {
  changedFields,
  emptyForm,
  fieldsOf,
  formOf,
  isKeptForm,
  savedOf,
  typedSince,
  type DraftForm,
  type KeptForm,
} from './draft-fields';

const SAVE_AFTER_MS = 700;

export type SaveState =
  | { is: 'empty' }
  | { is: 'typing' }
  | { is: 'saving' }
  | { is: 'saved'; at: number }
  | { is: 'failed'; problem: ApiProblem };

/**
 * A work while its form is open: what is typed goes to the server as it is typed. The draft is created there with
 * the first word or file. Saves never overlap: each waits for the one before. Until a save has come through, what is
 * typed also lies on this device, and a page that is opened again goes on from there.
 */
export function useDraft(contest: ShallowRef<Contest | null>) {
  const { account } = useSession();
  const form = reactive(emptyForm());
  const categoryKey = ref('');
  const submission = shallowRef<Submission | null>(null);
  const state = shallowRef<SaveState>({ is: 'empty' });

  /** True while the form holds what an earlier page could not save. */
  const restored = ref(false);

  /** What the page itself filled in, and which fields the entrant has typed in since it was opened. */
  const filledIn = { takenOn: '', takenPlace: '', typed: new Set<keyof DraftForm>() };

  let saved: SubmissionFields = {};
  /** The form as the server has it. */
  let savedForm = emptyForm();
  let beforeRestored = emptyForm();
  let timer = 0;
  let queue: Promise<unknown> = Promise.resolve();
  /** True while the form is filled from the server, which is no typing. */
  let filling = false;

  let taken = 0;
  function take(answer: Submission): void {
    taken += 1;
    submission.value = answer;
  }

  /**
   * What was asked for before something else was taken may be the older of the two: a file that arrived meanwhile is
   * not in it. Then the work is looked at again.
   */
  async function takeUnlessOlder(answer: Submission, since: number): Promise<void> {
    if (since === taken || !submission.value) take(answer);
    else await refresh();
  }

  /** Opens a work that exists, or a blank form. */
  async function open(id: string | undefined): Promise<void> {
    if (!contest.value) return;
    if (!id) {
      categoryKey.value ||= contest.value.categories[0]?.key ?? '';
      saved = currentFields();
      restore();
      return;
    }
    const found = await api.get<Submission>(`/submissions/${encodeURIComponent(id)}`);
    filling = true;
    take(found);
    categoryKey.value = found.category;
    Object.assign(form, formOf(found, contest.value, account.value));
    saved = currentFields();
    savedForm = { ...form };
    state.value = { is: 'saved', at: Date.now() };
    await Promise.resolve();
    filling = false;
    restore();
  }

  const place = () => `${contest.value?.slug ?? ''}.${submission.value?.id ?? 'new'}`;

  /** Takes up what was typed in an earlier page and never reached the server; it is saved like typing. */
  function restore(): void {
    const kept = keptWords(account.value?.id ?? '', place());
    const typed = typedSince(kept);
    if (!typed || !isKeptForm(kept)) return;
    if (!submission.value && contest.value?.categories.some(({ key }) => key === kept.category)) {
      categoryKey.value = kept.category;
    }
    restored.value = true;
    beforeRestored = { ...form };
    Object.assign(form, typed);
  }

  /** The form as it was without that; where it has been saved by now, that is a change like any other. */
  function discardRestored(): void {
    restored.value = false;
    Object.assign(form, beforeRestored);
  }

  function keep(): void {
    const kept: KeptForm = { category: categoryKey.value, form: { ...form }, before: savedForm };
    if (typedSince(kept)) keepWords(account.value?.id ?? '', place(), kept);
    else dropWords(account.value?.id ?? '', place());
  }

  function currentFields(): SubmissionFields {
    return contest.value ? fieldsOf(form, contest.value, account.value) : {};
  }

  watch(
    form,
    () => {
      if (filling || !contest.value) return;
      keep();
      if (Object.keys(changedFields(currentFields(), saved)).length === 0) return;
      state.value = { is: 'typing' };
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    { flush: 'sync' },
  );
  const saveAgain = () => {
    if (state.value.is === 'failed') void save();
  };
  window.addEventListener('online', saveAgain);
  onScopeDispose(() => {
    window.removeEventListener('online', saveAgain);
    // Leaving within the pause after the last key: what was typed still goes.
    if (state.value.is === 'typing') void save();
  });

  /** Saves what is not saved yet. True when the server now has everything. */
  function save(): Promise<boolean> {
    window.clearTimeout(timer);
    const turn = queue.then(() => sendChanges());
    queue = turn;
    return turn;
  }

  /** The work on the server, created if there is none yet; null when that failed (see `state`). */
  async function ensure(): Promise<Submission | null> {
    const turn = queue.then(() => (submission.value ? true : create(currentFields())));
    queue = turn;
    await turn;
    return submission.value;
  }

  async function sendChanges(): Promise<boolean> {
    const fields = currentFields();
    const sent = { ...form };
    const changed = changedFields(fields, saved);
    if (Object.keys(changed).length === 0) {
      if (submission.value) state.value = { is: 'saved', at: Date.now() };
      return true;
    }
    const existing = submission.value;
    if (!existing) return create(fields);
    return attempt(fields, sent, () => api.patch<Submission>(`/submissions/${existing.id}`, changed));
  }

  function create(fields: SubmissionFields): Promise<boolean> {
    const body = new FormData();
    // The server reads the form as it streams in and must know the category before anything else.
    body.append('category', categoryKey.value);
    body.append('draft', 'true');
    for (const [name, value] of Object.entries(fields)) {
      if (value !== '') body.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    const path = `/contests/${contest.value?.slug ?? ''}/submissions`;
    return attempt(fields, { ...form }, () => api.post<Submission>(path, body));
  }

  async function attempt(
    fields: SubmissionFields,
    sent: DraftForm,
    send: () => Promise<Submission>,
  ): Promise<boolean> {
    state.value = { is: 'saving' };
    try {
      const since = taken;
      const answer = await send();
      // Kept for a work that had no address yet; from here on it has one.
      dropWords(account.value?.id ?? '', place());
      await takeUnlessOlder(answer, since);
      saved = fields;
      savedForm = savedOf(sent, savedForm, fields);
      // What was typed meanwhile waits for its own turn, and so does an author who is half typed.
      keep();
      state.value = { is: 'saved', at: Date.now() };
      return true;
    } catch (error) {
      state.value = { is: 'failed', problem: asProblem(error) };
      return false;
    }
  }

  /** Another category means another draft: the first one, still without files, is withdrawn. */
  async function changeCategory(key: string): Promise<void> {
    if (key === categoryKey.value) return;
    const old = submission.value;
    categoryKey.value = key;
    if (!old) return;
    submission.value = null;
    if (await ensure()) await api.post(`/submissions/${old.id}/withdraw`).catch(() => undefined);
  }

  async function refresh(): Promise<void> {
    const id = submission.value?.id;
    if (!id) return;
    try {
      const since = taken;
      await takeUnlessOlder(await api.get<Submission>(`/submissions/${id}`), since);
    } catch (error) {
      // Only a look: the next event or poll asks again.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  return {
    form,
    categoryKey,
    submission,
    state,
    filledIn,
    restored,
    discardRestored,
    unsaved: computed(() => state.value.is === 'typing' || state.value.is === 'failed'),
    open,
    take,
    save,
    ensure,
    changeCategory,
    refresh,
  };
}

export type Draft = ReturnType<typeof useDraft>;
