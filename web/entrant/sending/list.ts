import { reactive, shallowReactive } from 'vue';
import { api } from '../../shared/api';
import type { MediaKind, Submission, UploadView } from '../../shared/api-types';
import type { FileIdentity } from './match';
import { pictureOf, type ClipFacts, type PendingFile } from './pending';

/** The files on their way, for the whole site, in the order in which they were chosen. */
export const pending = reactive<PendingFile[]>([]);

/** The works as finished uploads left them: pages that show a work take it from here. */
export const latest = shallowReactive(new Map<string, Submission>());

/** Object URLs of files that are on the server now, until their pictures are made. */
export const previews = shallowReactive(new Map<string, string>());

/** When each file that arrived was chosen, by its id on the server. */
export const chosen = new Map<string, number>();

let lastKey = 0;

export interface PickedFile extends FileIdentity {
  file: File;
  clip?: ClipFacts | null;
}

export function addPending(
  submissionId: string,
  kind: MediaKind,
  from: PickedFile | (FileIdentity & { file: null }),
): PendingFile {
  lastKey += 1;
  const { file, name, bytes, mark, lastModified } = from;
  pending.push({
    key: `upload-${lastKey}`,
    submissionId,
    kind,
    file,
    name,
    bytes,
    mark,
    lastModified,
    fileUrl: file ? URL.createObjectURL(file) : null,
    clip: ('clip' in from ? from.clip : null) ?? null,
    uploadId: null,
    shared: false,
    kept: 0,
    sent: 0,
    state: file ? 'waiting' : 'unfinished',
    problem: null,
  });
  // As the list holds it: changes to it are seen.
  return pending.at(-1) as PendingFile;
}

export function placeOf({ key }: PendingFile): number {
  return Number(key.replace('upload-', ''));
}

export function pendingOf(submissionId: string | undefined): PendingFile[] {
  return pending.filter((item) => item.submissionId === submissionId);
}

/** Gives it the file that belongs to it. */
export function giveFile(item: PendingFile, { file, name, mark, lastModified, clip }: PickedFile): void {
  if (item.fileUrl) URL.revokeObjectURL(item.fileUrl);
  Object.assign(item, { file, name, mark, lastModified, clip: clip ?? null, problem: null });
  item.fileUrl = URL.createObjectURL(file);
  item.state = 'waiting';
}

export function takeOut(item: PendingFile): void {
  const index = pending.findIndex(({ key }) => key === item.key);
  if (index >= 0) pending.splice(index, 1);
}

/** It is on the server now: its picture is shown until the server has made one. */
export function arrived(item: PendingFile, mediaId: string): void {
  const picture = pictureOf(item);
  if (picture) previews.set(mediaId, picture);
  if (item.fileUrl && item.fileUrl !== picture) URL.revokeObjectURL(item.fileUrl);
  chosen.set(mediaId, placeOf(item));
  takeOut(item);
}

export async function uploadsOf(submissionId: string): Promise<UploadView[]> {
  return (await api.get<{ items: UploadView[] }>(`/submissions/${submissionId}/uploads`)).items;
}
