import { computed, ref } from 'vue';
import { api, ApiProblem, asProblem } from '../../shared/api';
import type { Submission, UploadView } from '../../shared/api-types';
import { useWords } from '../../shared/i18n';
import { SendingStopped, startAttempt, type Attempt } from './attempt';
import { arrived, chosen, latest, pending, pendingOf, uploadsOf } from './list';
import { differenceOf, inChosenOrder } from './match';
import { Pace, patienceFor } from './pace';
import { underWay, type PendingFile } from './pending';
import { onNetworkChange, pause, stayAwake } from './signals';
import { words } from './words';

/**
 * Sends one file after the other, in the order in which they were chosen, and never gives up for want of a network.
 * Before each attempt it asks which uploads there are: the answer that would have told may have been lost.
 */

const RETRY_AFTER_MS = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
const LOOK_EVERY_MS = 2_000;
/** So often it must not have grown before somebody else is taken to have stopped. */
const QUIET_LOOKS = 2;
const TICK_MS = 1_000;
/** A film of some gigabytes is read through once more. */
const FINISHING_MS = 120_000;

const { t } = useWords(words);
const pace = new Pace();
const rate = ref<number | null>(null);
/** Bytes a second, measured over the last seconds; null while nothing is known. */
export const speed = computed(() => rate.value);

let running: { item: PendingFile; attempt: Attempt } | null = null;
let heardAt = 0;
let working = false;

onNetworkChange(
  () => {
    if (running) running.item.state = 'offline';
  },
  () => running?.attempt.interrupt(),
);

export async function work(): Promise<void> {
  if (working) return;
  working = true;
  stayAwake(true);
  for (let item = nextWaiting(); item; item = nextWaiting()) await send(item);
  stayAwake(false);
  measureAnew();
  working = false;
}

/** Before it is taken off the list. */
export function stopSending(item: PendingFile): void {
  if (running?.item.key === item.key) running.attempt.interrupt();
}

function nextWaiting(): PendingFile | undefined {
  return pending.find(({ state, file }) => state === 'waiting' && file !== null);
}

/** Until it is there or refused, or nobody wants it any more. */
async function send(item: PendingFile): Promise<void> {
  let failures = 0;
  let begun = false;
  while (pending.includes(item)) {
    const { kept } = item;
    try {
      item.state = 'checking';
      if (await settled(item)) return;
      if (!begun && (item.shared || item.kept > kept)) await leaveToOther(item);
      begun = true;
      await attempt(item);
      // Attached; the next turn finds it in the list.
      failures = 0;
    } catch (error) {
      if (!pending.includes(item)) return;
      if (item.kept > kept) failures = 0;
      if (!(await goesOn(item, error, failures))) return;
      failures += 1;
    }
  }
}

/** Looks the file up among the work's uploads. True where nothing is left to send. */
async function settled(item: PendingFile): Promise<boolean> {
  const uploads = await uploadsOf(item.submissionId);
  const own = uploads.find(({ id }) => id === item.uploadId) ?? uploads.find((upload) => isOf(item, upload));
  item.uploadId = own?.id ?? null;
  item.kept = own?.received ?? 0;
  item.sent = item.kept;
  if (own?.state === 'refused') {
    fail(
      item,
      new ApiProblem({ status: 422, code: own.error?.code ?? '', detail: own.error?.message ?? '' }),
    );
    return true;
  }
  if (own?.state === 'attached') {
    await finish(item, own.mediaId ?? '');
    return true;
  }
  return !own && (await alreadyHere(item, uploads));
}

/** The server would say so, too, but only once it has the whole file. */
async function alreadyHere(item: PendingFile, uploads: readonly UploadView[]): Promise<boolean> {
  const like = uploads.filter((upload) => upload.state === 'attached' && differenceOf(item, upload) === null);
  if (like.length === 0) return false;
  const { media } = await api.get<Submission>(`/submissions/${item.submissionId}`);
  if (!media.some(({ id }) => like.some(({ mediaId }) => mediaId === id))) return false;
  const detail = t('alreadyHere', { name: item.name });
  fail(item, new ApiProblem({ status: 409, code: 'FILE.ALREADY_HERE', detail }));
  return true;
}

/** An upload of the same file that nobody here sends: begun before a reload, by another page, or its answer was lost. */
function isOf(item: PendingFile, upload: UploadView): boolean {
  return (
    upload.state === 'receiving' &&
    differenceOf(item, upload) === null &&
    !pending.some(({ uploadId }) => uploadId === upload.id)
  );
}

async function attempt(item: PendingFile): Promise<void> {
  const { file, submissionId, uploadId, mark } = item;
  if (!file) return;
  item.state = 'sending';
  pace.start(performance.now());
  heardAt = performance.now();
  const current = startAttempt(
    { file, submissionId, uploadId, mark },
    {
      onBegun: (id) => {
        item.uploadId = id;
      },
      onSent: (bytes) => {
        heardAt = performance.now();
        item.sent = bytes;
        item.state = bytes === item.bytes ? 'finishing' : 'sending';
      },
      onKept: (bytes, added) => {
        item.kept = bytes;
        pace.acknowledge(performance.now(), added);
        rate.value = pace.rate(performance.now());
      },
      rate: () => pace.rate(performance.now()),
    },
  );
  running = { item, attempt: current };
  const timer = window.setInterval(() => watch(item, current), TICK_MS);
  try {
    await current.done;
  } finally {
    window.clearInterval(timer);
    running = null;
  }
}

/** A connection of which nothing is heard is said to be broken, and a little later treated so. */
function watch(item: PendingFile, current: Attempt): void {
  rate.value = pace.rate(performance.now());
  const silence = performance.now() - heardAt;
  const patience = item.state === 'finishing' ? FINISHING_MS : patienceFor(rate.value);
  if (silence > patience) item.state = 'offline';
  if (silence > 2 * patience) current.interrupt();
}

function measureAnew(): void {
  pace.stop();
  rate.value = null;
}

/** Waits for what it takes to go on after that; false where only a person can help. */
async function goesOn(item: PendingFile, error: unknown, failures: number): Promise<boolean> {
  measureAnew();
  const problem = error instanceof SendingStopped ? error.problem : asProblem(error);
  const again = RETRY_AFTER_MS[Math.min(failures, RETRY_AFTER_MS.length - 1)] ?? 0;
  if (problem.status === 423 || problem.code === 'UPLOAD.OFFSET') {
    await leaveToOther(item);
    return true;
  }
  if (problem.status === 0 || problem.code === 'UPLOAD.INTERRUPTED') {
    if (await unreadable(item)) return false;
    item.state = 'offline';
    await pause(again);
    return true;
  }
  // What the server no longer has is begun anew: the list will not have it either.
  if (problem.status === 404 || problem.status === 410) {
    if (item.uploadId && failures < 3) return true;
  } else if (problem.temporary) {
    item.state = 'busy';
    item.problem = problem;
    await pause((error instanceof SendingStopped ? error.retryAfterMs : null) ?? again);
    item.problem = null;
    return true;
  }
  fail(item, problem);
  return false;
}

/** Somebody else holds the upload: another page, or a connection that the server still takes for alive. */
async function leaveToOther(item: PendingFile): Promise<void> {
  item.state = 'busy';
  let before: number | null = null;
  for (let quiet = 0; quiet < QUIET_LOOKS && pending.includes(item);) {
    const upload = (await uploadsOf(item.submissionId).catch(() => [])).find(
      ({ id }) => id === item.uploadId,
    );
    if (upload?.state !== 'receiving') return;
    const grows = before !== null && upload.received > before;
    if (grows) item.state = 'elsewhere';
    quiet = grows || before === null ? 0 : quiet + 1;
    before = upload.received;
    item.kept = upload.received;
    item.sent = upload.received;
    await pause(LOOK_EVERY_MS);
  }
  item.shared = false;
}

/** Phones take a file away again, and then every request breaks off as if there were no network. */
async function unreadable(item: PendingFile): Promise<boolean> {
  try {
    await item.file?.slice(item.kept, item.kept + 1).arrayBuffer();
    return false;
  } catch {
    item.file = null;
    item.state = 'unfinished';
    item.problem = new ApiProblem({ status: 422, code: 'FILE.GONE', detail: t('gone', { name: item.name }) });
    return true;
  }
}

function fail(item: PendingFile, problem: ApiProblem): void {
  item.problem = problem;
  item.state = 'failed';
}

async function finish(item: PendingFile, mediaId: string): Promise<void> {
  item.sent = item.bytes;
  item.kept = item.bytes;
  const path = `/submissions/${item.submissionId}`;
  let answer: Submission;
  let before: Submission | undefined;
  // What another file's end was answered meanwhile may be newer than this.
  do {
    before = latest.get(item.submissionId);
    answer = await api.get<Submission>(path);
  } while (latest.get(item.submissionId) !== before);
  if (!pending.includes(item)) return;
  // At no moment is the file neither under way nor there.
  latest.set(item.submissionId, answer);
  arrived(item, mediaId);
  const ids = answer.media.map(({ id }) => id);
  const wanted = inChosenOrder(ids, chosen);
  if (!pendingOf(item.submissionId).some(underWay) && wanted.join() !== ids.join()) {
    // Where that fails, the order stays as they arrived: it is seen, and can be changed by hand.
    latest.set(
      item.submissionId,
      await api.put<Submission>(`${path}/order`, { media: wanted }).catch(() => answer),
    );
  }
}
