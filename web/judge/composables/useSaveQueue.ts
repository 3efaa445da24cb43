import { onScopeDispose, readonly, shallowRef } from 'vue';
import { type ApiProblem, api, asProblem } from '../../shared/api';
import { SaveQueue, type QueueEntry, type QueuePorts, type QueueStatus } from '../model/save-queue';
import type { SendOutcome, SheetWrite } from '../model/save-queue';
import type { Sheet } from '../model/types';
import { storedKeys } from '../stored-keys';

/** A request without an answer blocks the lane: after this it counts as lost and is sent again. */
const ANSWER_WITHIN_MS = 20_000;

/**
 * The save queue on this device: sends by HTTP, keeps what waits in localStorage (one key a work, so that a save
 * costs the same with ten works as with ten thousand) and wakes up when the connection or the judge comes back.
 */
export function useSaveQueue(room: string, events: Pick<QueuePorts, 'saved' | 'held'>) {
  const status = shallowRef<QueueStatus>({ phase: 'saved', waiting: 0, kept: true });
  const queue = new SaveQueue({
    send,
    store: deviceStore(`${room}.sheet.`),
    later(run, ms) {
      const timer = window.setTimeout(run, ms);
      return () => window.clearTimeout(timer);
    },
    changed: (next) => (status.value = next),
    ...events,
  });

  const back = () => {
    if (['offline', 'paused', 'signed-out'].includes(status.value.phase)) queue.retryNow();
  };
  const leaving = (event: BeforeUnloadEvent) => {
    if (status.value.waiting > 0 && status.value.phase !== 'closed') event.preventDefault();
  };
  window.addEventListener('online', back);
  window.addEventListener('focus', back);
  window.addEventListener('beforeunload', leaving);
  onScopeDispose(() => {
    window.removeEventListener('online', back);
    window.removeEventListener('focus', back);
    window.removeEventListener('beforeunload', leaving);
    queue.stop();
  });

  return { queue, status: readonly(status) };
}

async function send(taskId: string, write: SheetWrite, base: number): Promise<SendOutcome> {
  const patience = new AbortController();
  const timer = window.setTimeout(() => patience.abort(), ANSWER_WITHIN_MS);
  try {
    const sheet = await api.put<Sheet>(`/tasks/${taskId}/sheet`, write, {
      headers: { 'If-Match': `"${base}"` },
      signal: patience.signal,
    });
    return { kind: 'saved', sheet };
  } catch (error) {
    return patience.signal.aborted ? { kind: 'offline' } : outcomeOf(asProblem(error));
  } finally {
    window.clearTimeout(timer);
  }
}

function outcomeOf(problem: ApiProblem): SendOutcome {
  const { status, code, detail, body } = problem;
  if (problem.temporary) return { kind: 'offline' };
  if (status === 401) return { kind: 'signed-out', detail };
  if (status === 412 && body['current']) return { kind: 'stale', current: body['current'] as Sheet };
  if (code === 'ROUND.PAUSED') return { kind: 'paused' };
  if (code === 'ROUND.CLOSED') return { kind: 'closed', detail };
  return { kind: 'refused', code, detail };
}

/**
 * Another tab of the same judge keeps its entries in the same place: an entry is taken away only as this page wrote or
 * read it, so that what waits over there stays.
 */
function deviceStore(prefix: string): QueuePorts['store'] {
  const own = new Map<string, string>();
  return {
    read() {
      const entries: QueueEntry[] = [];
      for (const key of storedKeys(prefix)) {
        const text = localStorage.getItem(key) ?? '';
        try {
          const entry = JSON.parse(text) as QueueEntry;
          entries.push(entry);
          own.set(entry.taskId, text);
        } catch {
          localStorage.removeItem(key);
        }
      }
      return entries;
    },
    write(entry) {
      const text = JSON.stringify(entry);
      localStorage.setItem(prefix + entry.taskId, text);
      own.set(entry.taskId, text);
    },
    remove(taskId) {
      try {
        const key = prefix + taskId;
        if (localStorage.getItem(key) === own.get(taskId)) localStorage.removeItem(key);
      } catch {
        // Without storage there is nothing to remove.
      }
      own.delete(taskId);
    },
  };
}
