import { onScopeDispose, watch } from 'vue';
import { ApiProblem } from '../../shared/api';
import type { MediaKind, UploadView } from '../../shared/api-types';
import { addPending, pending, pendingOf, takeOut, uploadsOf } from './list';
import type { PendingFile } from './pending';
import { pause } from './signals';

const LOOK_EVERY_MS = 4_000;

/**
 * Uploads that the server has of a work and this page does not know: begun before a reload, or by another page.
 * They become tiles; while any of them is there, it is looked whether somebody else goes on with it.
 * Call in `setup`; ends with the scope.
 */
export function useUnfinished(
  submissionId: () => string | undefined,
  kind: () => MediaKind,
  onArrival: () => void,
): void {
  let over = false;
  onScopeDispose(() => {
    over = true;
  });
  watch(submissionId, (id) => id && void follow(id), { immediate: true });

  async function follow(id: string): Promise<void> {
    for (let known = false; !over && submissionId() === id;) {
      const uploads = await uploadsOf(id).catch(() => null);
      if (uploads && !over) {
        if (!known) takeUp(id, kind(), uploads);
        known = true;
        if (compare(id, uploads)) onArrival();
        if (!pendingOf(id).some(isLost)) return;
      }
      await pause(LOOK_EVERY_MS);
    }
  }
}

function takeUp(submissionId: string, kind: MediaKind, uploads: readonly UploadView[]): void {
  for (const upload of uploads) {
    if (upload.state === 'attached' || pending.some(({ uploadId }) => uploadId === upload.id)) continue;
    // One of which this page has the file is on its way already, or will be.
    const { name, bytes, mark, lastModified, received, error } = upload;
    const item = addPending(submissionId, kind, { file: null, name, bytes, mark, lastModified });
    item.uploadId = upload.id;
    item.kept = received;
    item.sent = received;
    if (!error) continue;
    item.state = 'failed';
    item.problem = new ApiProblem({ status: 422, code: error.code, detail: error.message });
  }
}

function isLost({ file, state }: PendingFile): boolean {
  return file === null && state !== 'failed';
}

/** Returns whether one has arrived meanwhile. */
function compare(submissionId: string, uploads: readonly UploadView[]): boolean {
  let arrival = false;
  for (const item of pendingOf(submissionId).filter(isLost)) {
    const upload = uploads.find(({ id }) => id === item.uploadId);
    if (!upload || upload.state === 'attached') {
      takeOut(item);
      arrival = true;
    } else if (upload.error) {
      item.state = 'failed';
      item.problem = new ApiProblem({
        status: 422,
        code: upload.error.code,
        detail: upload.error.message,
      });
    } else {
      item.shared = upload.received > item.kept;
      item.state = item.shared ? 'elsewhere' : 'unfinished';
      item.kept = upload.received;
      item.sent = upload.received;
    }
  }
  return arrival;
}
