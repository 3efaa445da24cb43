import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  SaveQueue,
  type QueueEntry,
  type QueueStatus,
  type SendOutcome,
  type SheetWrite,
} from './save-queue';
import type { Sheet } from './types';

const write = (theme: number | null, comment = ''): SheetWrite => ({
  marks: { theme },
  comment,
  submitted: theme !== null,
});
const savedAt = '2026-09-01T08:00:00Z';

/** A server that keeps versions as the real one does, with a line that can be cut before or after it acts. */
class FakeServer {
  readonly sheets = new Map<string, Sheet>();
  readonly log: string[] = [];
  line: 'up' | 'down' | 'answers-lost' = 'up';
  next: SendOutcome | null = null;
  private gate: Promise<void> = Promise.resolve();

  /** Holds every answer back until the returned function is called. */
  pause(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  async send(taskId: string, sheet: SheetWrite, base: number): Promise<SendOutcome> {
    if (this.line === 'down') return { kind: 'offline' };
    const outcome = this.next ?? this.apply(taskId, sheet, base);
    this.next = null;
    await this.gate;
    return this.line === 'answers-lost' ? { kind: 'offline' } : outcome;
  }

  apply(taskId: string, sheet: SheetWrite, base: number): SendOutcome {
    const current = this.sheets.get(taskId);
    if (current && current.version !== base) return { kind: 'stale', current };
    const next: Sheet = { ...sheet, version: (current?.version ?? 0) + 1, savedAt };
    this.sheets.set(taskId, next);
    this.log.push(`${taskId}:${sheet.marks.theme}`);
    return { kind: 'saved', sheet: next };
  }
}

class MemoryStore {
  readonly rows = new Map<string, string>();
  broken = false;
  read(): QueueEntry[] {
    return [...this.rows.values()].map((row): QueueEntry => JSON.parse(row));
  }
  write(entry: QueueEntry): void {
    if (this.broken) throw new Error('QuotaExceededError');
    this.rows.set(entry.taskId, JSON.stringify(entry));
  }
  remove(taskId: string): void {
    this.rows.delete(taskId);
  }
}

let server: FakeServer;
let store: MemoryStore;
let status: QueueStatus;
let delays: number[];
let timers: (() => void)[];
let held: QueueEntry[];
let finals: string[];

function page(): SaveQueue {
  return new SaveQueue({
    send: (taskId, sheet, base) => server.send(taskId, sheet, base),
    store,
    later: (run, ms) => {
      delays.push(ms);
      timers.push(run);
      return () => timers.splice(timers.indexOf(run) >>> 0, 1);
    },
    changed: (next) => (status = next),
    saved: (taskId, sheet, final) => final && finals.push(`${taskId}@${sheet.version}`),
    held: (entry) => held.push(entry),
  });
}

/** Lets every answered request settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const wake = async () => {
  for (const run of timers.splice(0)) run();
  await settled();
};

beforeEach(() => {
  server = new FakeServer();
  store = new MemoryStore();
  status = { phase: 'saved', waiting: 0, kept: true };
  delays = [];
  timers = [];
  held = [];
  finals = [];
});

describe('a good line', () => {
  it('says saved only when the server has it', async () => {
    const queue = page();
    const open = server.pause();
    queue.put('a', write(87), 0);
    await settled();
    expect(status).toMatchObject({ phase: 'saving', waiting: 1 });
    open();
    await settled();
    expect(status).toEqual({ phase: 'saved', waiting: 0, kept: true });
    expect(finals).toEqual(['a@1']);
    expect(store.rows.size).toBe(0);
  });

  it('saves changes of one work one after another, the last one always', async () => {
    const queue = page();
    const open = server.pause();
    for (const mark of [1, 2, 3]) queue.put('a', write(mark), 0);
    open();
    await settled();
    expect(server.log).toEqual(['a:1', 'a:3']);
    expect(server.sheets.get('a')).toMatchObject({ version: 2, marks: { theme: 3 } });
    expect(finals).toEqual(['a@2']);
  });
});

describe('a bad line', () => {
  it('keeps everything and sends it later, in order, once', async () => {
    const queue = page();
    server.line = 'down';
    for (const task of ['a', 'b', 'c']) queue.put(task, write(80), 0);
    queue.put('a', write(81), 0);
    await settled();
    expect(status).toEqual({ phase: 'offline', waiting: 3, kept: true });
    expect(store.rows.size).toBe(3);
    server.line = 'up';
    queue.retryNow();
    await settled();
    expect(server.log).toEqual(['a:81', 'b:80', 'c:80']);
    expect(status.phase).toBe('saved');
  });

  it('tries again by itself, more and more rarely', async () => {
    const queue = page();
    server.line = 'down';
    queue.put('a', write(80), 0);
    await settled();
    for (let round = 0; round < 6; round++) await wake();
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    server.line = 'up';
    await wake();
    expect(server.log).toEqual(['a:80']);
  });

  it('survives a closed page', async () => {
    server.line = 'down';
    const before = page();
    before.put('b', write(70), 0);
    before.put('a', write(80), 0);
    await settled();
    before.stop();
    server.line = 'up';
    const restored = page().restore();
    expect(restored.map((entry) => entry.taskId)).toEqual(['b', 'a']);
    await settled();
    expect(server.log).toEqual(['b:70', 'a:80']);
    expect(store.rows.size).toBe(0);
  });

  it('counts a save once when only its answer was lost', async () => {
    const queue = page();
    server.line = 'answers-lost';
    queue.put('a', write(80), 0);
    await settled();
    server.line = 'up';
    queue.retryNow();
    await settled();
    expect(server.log).toEqual(['a:80']);
    expect(finals).toEqual(['a@1']);
    expect(held).toEqual([]);
  });

  it('builds on a save whose answer was lost, across a reload', async () => {
    server.line = 'answers-lost';
    const before = page();
    before.put('a', write(80), 0);
    await settled();
    before.put('a', write(85), 0);
    before.stop();
    server.line = 'up';
    page().restore();
    await settled();
    expect(server.log).toEqual(['a:80', 'a:85']);
    expect(held).toEqual([]);
    expect(status.phase).toBe('saved');
  });

  it('admits that the device cannot keep what waits', async () => {
    store.broken = true;
    server.line = 'down';
    page().put('a', write(80), 0);
    await settled();
    expect(status).toEqual({ phase: 'offline', waiting: 1, kept: false });
  });

  it('waits while the round is paused, and goes on by itself when it is resumed', async () => {
    const queue = page();
    server.next = { kind: 'paused' };
    queue.put('a', write(80), 0);
    queue.put('b', write(70), 0);
    await settled();
    expect(status).toMatchObject({ phase: 'paused', waiting: 2 });
    expect(server.log).toEqual([]);
    await wake();
    expect(server.log).toEqual(['a:80', 'b:70']);
    expect(status.phase).toBe('saved');
  });

  it('waits for the judge to sign in again', async () => {
    const queue = page();
    server.next = { kind: 'signed-out', detail: '请重新登录' };
    queue.put('a', write(80), 0);
    await settled();
    expect(status).toMatchObject({ phase: 'signed-out', waiting: 1 });
    queue.put('a', write(81), 0);
    await settled();
    expect(server.log).toEqual([]);
    queue.retryNow();
    await settled();
    expect(server.log).toEqual(['a:81']);
  });
});

describe('someone else was here', () => {
  const elsewhere = () => server.apply('a', write(60), 0);

  it('holds both sheets until the judge chooses, and saves other works meanwhile', async () => {
    elsewhere();
    const queue = page();
    queue.put('a', write(90), 0);
    queue.put('b', write(70), 0);
    await settled();
    expect(status).toMatchObject({ phase: 'conflict', waiting: 1 });
    expect(held[0]).toMatchObject({ taskId: 'a', write: { marks: { theme: 90 } }, theirs: { version: 1 } });
    expect(server.log).toEqual(['a:60', 'b:70']);
    queue.resolve('a', 'mine');
    await settled();
    expect(server.sheets.get('a')).toMatchObject({ version: 2, marks: { theme: 90 } });
    expect(status.phase).toBe('saved');
  });

  it('gives mine up when the judge keeps theirs', async () => {
    elsewhere();
    const queue = page();
    queue.put('a', write(90), 0);
    await settled();
    queue.resolve('a', 'theirs');
    await settled();
    expect(server.log).toEqual(['a:60']);
    expect(finals).toEqual(['a@1']);
    expect(store.rows.size).toBe(0);
  });

  it('does not send over a conflict when the judge goes on typing', async () => {
    elsewhere();
    const queue = page();
    queue.put('a', write(90), 0);
    await settled();
    queue.put('a', write(91), 0);
    await settled();
    expect(server.log).toEqual(['a:60']);
    queue.resolve('a', 'mine');
    await settled();
    expect(server.log).toEqual(['a:60', 'a:91']);
  });
});

describe('the server says no', () => {
  it('locks when the round is closed and keeps what came too late in sight', async () => {
    const queue = page();
    server.next = { kind: 'closed', detail: '本轮已关闭' };
    queue.put('a', write(80), 0);
    queue.put('b', write(81), 0);
    await settled();
    expect(status).toMatchObject({ phase: 'closed', waiting: 2 });
    expect(held.map((entry) => entry.taskId)).toEqual(['a', 'b']);
    queue.retryNow();
    await settled();
    expect(server.log).toEqual([]);
    queue.discard('a');
    queue.discard('b');
    expect(status).toMatchObject({ phase: 'saved', waiting: 0 });
  });

  it('sets a refused sheet aside, goes on with others, and tries it again when asked or changed', async () => {
    const queue = page();
    server.next = { kind: 'refused', code: 'SHEET.OUT_OF_RANGE', detail: '分数超出范围' };
    queue.put('a', write(80), 0);
    queue.put('b', write(81), 0);
    await settled();
    expect(server.log).toEqual(['b:81']);
    expect(queue.heldEntries()).toMatchObject([{ taskId: 'a', state: 'refused', detail: '分数超出范围' }]);
    queue.put('a', write(79), 0);
    await settled();
    expect(server.log).toEqual(['b:81', 'a:79']);
    expect(status.phase).toBe('saved');
  });
});
