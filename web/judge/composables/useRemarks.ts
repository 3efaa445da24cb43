import { onScopeDispose, readonly, ref } from 'vue';
import { api, asProblem } from '../../shared/api';
import { RemarkQueue, type RemarkChange, type RemarkOutcome, type RemarkPorts } from '../model/remark-queue';
import { storedKeys } from '../stored-keys';

/** The queue of remarks on this device: sends by HTTP, and keeps what waits in localStorage. */
export function useRemarks(room: string, refused: (taskId: string, detail: string) => void) {
  const waiting = ref(0);
  const stuck = ref(false);
  const queue = new RemarkQueue({
    send,
    store: deviceStore(`${room}.remarks.`),
    later(run, ms) {
      const timer = window.setTimeout(run, ms);
      return () => window.clearTimeout(timer);
    },
    changed(count, unreachable) {
      waiting.value = count;
      stuck.value = unreachable;
    },
    refused,
  });
  const back = () => {
    if (stuck.value) queue.retryNow();
  };
  window.addEventListener('online', back);
  window.addEventListener('focus', back);
  onScopeDispose(() => {
    window.removeEventListener('online', back);
    window.removeEventListener('focus', back);
    queue.stop();
  });
  return { queue, waiting: readonly(waiting), stuck: readonly(stuck) };
}

async function send(taskId: string, change: RemarkChange): Promise<RemarkOutcome> {
  try {
    await api.put(`/tasks/${taskId}/remarks`, change);
    return { kind: 'saved' };
  } catch (error) {
    const { temporary, status, detail } = asProblem(error);
    return temporary || status === 401 ? { kind: 'later' } : { kind: 'refused', detail };
  }
}

function deviceStore(prefix: string): RemarkPorts['store'] {
  return {
    read() {
      const found = new Map<string, RemarkChange>();
      for (const key of storedKeys(prefix)) {
        try {
          const change = JSON.parse(localStorage.getItem(key) ?? '') as RemarkChange;
          found.set(key.slice(prefix.length), change);
        } catch {
          localStorage.removeItem(key);
        }
      }
      return found;
    },
    write: (taskId, change) => localStorage.setItem(prefix + taskId, JSON.stringify(change)),
    remove(taskId) {
      try {
        localStorage.removeItem(prefix + taskId);
      } catch {
        // Without storage there is nothing to remove.
      }
    },
  };
}
