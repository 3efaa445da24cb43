import { computed } from 'vue';
import { api } from '../shared/api';
import type { MediaKind, Submission } from '../shared/api-types';
import { addPending, chosen, giveFile, latest, pending, pendingOf, previews, takeOut } from './sending/list';
import type { PickedFile } from './sending/list';
import { pictureOf, underWay, type PendingFile } from './sending/pending';
import { speed, stopSending, work } from './sending/sender';
import { wakeUp } from './sending/signals';

/** Files on their way to the server, for the whole site: leaving the form does not stop them. */

export type { PendingFile, PickedFile };

window.addEventListener('beforeunload', (event) => {
  if (pending.some((item) => item.file !== null && underWay(item))) event.preventDefault();
});

export function addFiles(submissionId: string, files: readonly PickedFile[], kind: MediaKind): void {
  for (const file of files) addPending(submissionId, kind, file);
  void work();
}

/** Goes on with an upload of which only a part is there. */
export function resumeWith(key: string, file: PickedFile): void {
  const item = find(key);
  if (!item) return;
  giveFile(item, file);
  void work();
}

export async function retryFile(key: string): Promise<void> {
  const item = find(key);
  if (!item?.file) return;
  await forget(item);
  item.state = 'waiting';
  item.problem = null;
  wakeUp();
  void work();
}

export function discardFile(key: string): void {
  const item = find(key);
  if (!item) return;
  takeOut(item);
  stopSending(item);
  wakeUp();
  for (const url of [item.fileUrl, item.clip?.posterUrl]) if (url) URL.revokeObjectURL(url);
  void forget(item);
}

/** The server keeps what nobody gave up for a day, and counts it. */
async function forget(item: PendingFile): Promise<void> {
  const { uploadId } = item;
  item.uploadId = null;
  if (uploadId) await api.delete(`/uploads/${uploadId}`).catch(() => undefined);
}

export function discardAll(submissionId: string): void {
  for (const { key } of pendingOf(submissionId)) discardFile(key);
}

/** From here on the order is the one that was made by hand. */
export function orderedByHand(mediaIds: readonly string[]): void {
  for (const id of mediaIds) chosen.delete(id);
}

export function useUploads(submissionId: () => string | undefined) {
  const mine = computed(() => pendingOf(submissionId()));
  return {
    pending: mine,
    /** Bytes sent of all that is still on its way, 0 to 1; null when nothing is. */
    share: computed(() => shareOf(mine.value)),
    /** Bytes a second; null while nothing is known. */
    speed,
    latest: computed(() => latest.get(submissionId() ?? '')),
    previewOf: (mediaId: string) => previews.get(mediaId),
    pictureOf,
  };
}

/** For lists: the share of a work's files that were sent, null when none is on its way. */
export function uploadShare(submissionId: string): number | null {
  return shareOf(pendingOf(submissionId));
}

/** For lists: the work as the last finished upload left it. */
export function latestOf(submissionId: string): Submission | undefined {
  return latest.get(submissionId);
}

function shareOf(items: readonly PendingFile[]): number | null {
  const active = items.filter(underWay);
  if (active.length === 0) return null;
  const total = active.reduce((sum, { bytes }) => sum + bytes, 0);
  return total === 0 ? 0 : active.reduce((sum, { sent }) => sum + sent, 0) / total;
}

function find(key: string): PendingFile | undefined {
  return pending.find((candidate) => candidate.key === key);
}
