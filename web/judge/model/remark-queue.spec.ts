import { beforeEach, describe, expect, it } from '@jest/globals';
import { RemarkQueue, type RemarkChange, type RemarkOutcome } from './remark-queue';

let sent: [string, RemarkChange][];
let answer: (outcome: RemarkOutcome) => void;
let stored: Map<string, RemarkChange>;
let timers: (() => void)[];
let state: { waiting: number; stuck: boolean };
let refusals: string[];

/** Every request hangs until `settle` answers it. */
function page(): RemarkQueue {
  return new RemarkQueue({
    send: (taskId, change) => {
      sent.push([taskId, change]);
      return new Promise((resolve) => (answer = resolve));
    },
    store: {
      read: () => new Map(stored),
      write: (taskId, change) => void stored.set(taskId, change),
      remove: (taskId) => void stored.delete(taskId),
    },
    later: (run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
    changed: (waiting, stuck) => (state = { waiting, stuck }),
    refused: (taskId, detail) => void refusals.push(`${taskId}: ${detail}`),
  });
}

async function settle(outcome: RemarkOutcome): Promise<void> {
  answer(outcome);
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  sent = [];
  stored = new Map();
  timers = [];
  refusals = [];
});

describe('remarks', () => {
  it('go one work after the other, only what changed, and leave the device once they are saved', async () => {
    const queue = page();
    queue.put('a', { favourite: true });
    queue.put('b', { note: '光好' });
    expect(sent).toEqual([['a', { favourite: true }]]);
    expect([...stored.keys()]).toEqual(['a', 'b']);
    await settle({ kind: 'saved' });
    expect(sent[1]).toEqual(['b', { note: '光好' }]);
    await settle({ kind: 'saved' });
    expect(stored.size).toBe(0);
    expect(state).toEqual({ waiting: 0, stuck: false });
  });

  it('that change while they are sent go again, the others do not', async () => {
    const queue = page();
    queue.put('a', { favourite: true, note: '一' });
    queue.put('a', { note: '二' });
    await settle({ kind: 'saved' });
    expect(sent).toEqual([
      ['a', { favourite: true, note: '一' }],
      ['a', { note: '二' }],
    ]);
  });

  it('wait where there is no connection, also for the next page', async () => {
    const queue = page();
    queue.put('a', { favourite: true });
    await settle({ kind: 'later' });
    expect(state).toEqual({ waiting: 1, stuck: true });
    queue.put('a', { favourite: false });
    expect(sent).toHaveLength(1);
    queue.stop();
    const next = page();
    expect([...next.restore()]).toEqual([['a', { favourite: false }]]);
    expect(sent[1]).toEqual(['a', { favourite: false }]);
    await settle({ kind: 'saved' });
    expect(state).toEqual({ waiting: 0, stuck: false });
  });

  it('try again by themselves, and at once when the connection is back', async () => {
    const queue = page();
    queue.put('a', { note: '一' });
    await settle({ kind: 'later' });
    timers[0]?.();
    expect(sent).toHaveLength(2);
    await settle({ kind: 'later' });
    queue.retryNow();
    expect(sent).toHaveLength(3);
  });

  it('that are refused are given up, and said so', async () => {
    const queue = page();
    queue.put('a', { flagReason: '像是翻拍' });
    await settle({ kind: 'refused', detail: '您已回避' });
    expect(refusals).toEqual(['a: 您已回避']);
    expect(stored.size).toBe(0);
  });
});
