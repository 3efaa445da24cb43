import { computed, reactive, shallowReactive } from 'vue';
import { asProblem, type ApiProblem } from '../shared/api';
import type { MediaKind, Submission } from '../shared/api-types';
import { upload, type Upload } from '../shared/upload';

/**
 * Files on their way to the server, for the whole site: leaving the form does not stop them. One at a time, in
 * the order in which they were chosen, for the server numbers them as they arrive.
 */
export interface PendingFile {
  key: string;
  submissionId: string;
  file: File;
  kind: MediaKind;
  /** Object URL of the file itself. */
  previewUrl: string;
  /** 0 to 1, bytes that left this device. */
  share: number;
  state: 'waiting' | 'sending' | 'failed';
  /** Why it waits or failed; null while nothing went wrong. */
  problem: ApiProblem | null;
}

const RETRY_AFTER_MS = [2_000, 5_000, 15_000, 30_000, 60_000, 60_000];

const pending = reactive<PendingFile[]>([]);
/** Answers of finished uploads: pages that show the work take them from here. */
const latest = shallowReactive(new Map<string, Submission>());
/** Object URLs of files that are on the server now, until their pictures are made. */
const previews = shallowReactive(new Map<string, string>());

let running: { key: string; upload: Upload<Submission> } | null = null;
let wakeUp: (() => void) | null = null;
let working = false;
let lastKey = 0;

window.addEventListener('online', () => wakeUp?.());
window.addEventListener('beforeunload', (event) => {
  if (pending.some((item) => item.state !== 'failed')) event.preventDefault();
});

export function addFiles(submissionId: string, files: readonly File[], kind: MediaKind): void {
  for (const file of files) {
    lastKey += 1;
    pending.push({
      key: `upload-${lastKey}`,
      submissionId,
      file,
      kind,
      previewUrl: URL.createObjectURL(file),
      share: 0,
      state: 'waiting',
      problem: null,
    });
  }
  void work();
}

export function retryFile(key: string): void {
  const item = pending.find((candidate) => candidate.key === key);
  if (!item) return;
  item.state = 'waiting';
  item.problem = null;
  wakeUp?.();
  void work();
}

export function discardFile(key: string): void {
  if (running?.key === key) running.upload.cancel();
  const index = pending.findIndex((item) => item.key === key);
  const [item] = index < 0 ? [] : pending.splice(index, 1);
  if (item) URL.revokeObjectURL(item.previewUrl);
}

export function discardAll(submissionId: string): void {
  for (const item of pending.filter((candidate) => candidate.submissionId === submissionId)) {
    discardFile(item.key);
  }
}

export function useUploads(submissionId: () => string | undefined) {
  const mine = computed(() => pending.filter((item) => item.submissionId === submissionId()));
  return {
    pending: mine,
    /** Bytes sent of all that is still on its way, 0 to 1; null when nothing is. */
    share: computed(() => shareOf(mine.value)),
    latest: computed(() => latest.get(submissionId() ?? '')),
    previewOf: (mediaId: string) => previews.get(mediaId),
  };
}

/** For lists: the share of a work's files that were sent, null when none is on its way. */
export function uploadShare(submissionId: string): number | null {
  return shareOf(pending.filter((item) => item.submissionId === submissionId));
}

/** For lists: the work as the last finished upload left it. */
export function latestOf(submissionId: string): Submission | undefined {
  return latest.get(submissionId);
}

function shareOf(items: readonly PendingFile[]): number | null {
  const active = items.filter((item) => item.state !== 'failed');
  if (active.length === 0) return null;
  const total = active.reduce((sum, item) => sum + item.file.size, 0);
  return total === 0 ? 0 : active.reduce((sum, item) => sum + item.share * item.file.size, 0) / total;
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let item = nextWaiting(); item; item = nextWaiting()) await send(item);
  working = false;
}

function nextWaiting(): PendingFile | undefined {
  return pending.find((candidate) => candidate.state === 'waiting');
}

/** Sends one file until it is there, refused, or given up; a broken connection is waited out. */
async function send(item: PendingFile): Promise<void> {
  for (const pause of [...RETRY_AFTER_MS, null]) {
    item.state = 'sending';
    item.share = 0;
    const form = new FormData();
    form.append('files', item.file, item.file.name);
    const sending = upload<Submission>(`/submissions/${item.submissionId}/files`, form, (share) => {
      item.share = share;
    });
    running = { key: item.key, upload: sending };
    try {
      finish(item, await sending.done);
      return;
    } catch (error) {
      if (error instanceof DOMException) return;
      item.problem = asProblem(error);
      if (!item.problem.temporary || pause === null) {
        item.state = 'failed';
        return;
      }
      item.state = 'waiting';
      await sleep(pause);
      if (!pending.includes(item)) return;
      item.problem = null;
    } finally {
      running = null;
    }
  }
}

function finish(item: PendingFile, answer: Submission): void {
  const before = new Set(latest.get(item.submissionId)?.media.map((media) => media.id));
  const arrived = answer.media.filter((media) => !before.has(media.id) && !previews.has(media.id)).at(-1);
  if (arrived) previews.set(arrived.id, item.previewUrl);
  latest.set(item.submissionId, answer);
  const index = pending.indexOf(item);
  if (index >= 0) pending.splice(index, 1);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise<void>((resolve) => {
    const timer = window.setTimeout(resolve, milliseconds);
    wakeUp = () => {
      window.clearTimeout(timer);
      resolve();
    };
  }).then(() => {
    wakeUp = null;
  });
}
