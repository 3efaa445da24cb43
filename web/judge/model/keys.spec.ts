import { beforeEach, describe, expect, it } from '@jest/globals';
import { actionFor, markFrom, MarkEntry, type KeyPress, type MarkRange } from './keys';

/** A clock that moves only when told. */
class FakeTimers {
  now = 0;
  private nextId = 1;
  private readonly waiting = new Map<number, { at: number; run: () => void }>();

  set(run: () => void, ms: number): number {
    this.waiting.set(this.nextId, { at: this.now + ms, run });
    return this.nextId++;
  }
  clear(id: number): void {
    this.waiting.delete(id);
  }
  pass(ms: number): void {
    this.now += ms;
    for (const [id, { at, run }] of [...this.waiting]) {
      if (at > this.now || !this.waiting.delete(id)) continue;
      run();
    }
  }
}

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...over,
});

describe('what a key means', () => {
  it('names moves, views and digits', () => {
    expect(actionFor(press('ArrowLeft'))).toEqual({ do: 'previous' });
    expect(actionFor(press('7'))).toEqual({ do: 'digit', char: '7' });
    expect(actionFor(press('E'))).toEqual({ do: 'single' });
    expect(actionFor(press(' '))).toEqual({ do: 'zoom' });
    expect(actionFor(press('？'))).toEqual({ do: 'help' });
    expect(actionFor(press('b'))).toEqual({ do: 'flag' });
    expect(actionFor(press('B', { shiftKey: true }))).toEqual({ do: 'next-flagged' });
    expect(actionFor(press('Tab', { shiftKey: true }))).toEqual({ do: 'tab-back' });
  });

  it('undoes with Ctrl or Cmd and leaves every other shortcut to the browser', () => {
    expect(actionFor(press('z', { ctrlKey: true }))).toEqual({ do: 'undo' });
    expect(actionFor(press('z', { metaKey: true }))).toEqual({ do: 'undo' });
    expect(actionFor(press('f', { ctrlKey: true }))).toBeNull();
    expect(actionFor(press('c', { metaKey: true }))).toBeNull();
    expect(actionFor(press('z', { ctrlKey: true, shiftKey: true }))).toBeNull();
    expect(actionFor(press('ArrowLeft', { altKey: true }))).toBeNull();
  });

  it('ignores everything while an IME composes', () => {
    expect(actionFor(press('n', { isComposing: true }))).toBeNull();
    expect(actionFor(press('Process', { keyCode: 229 }))).toBeNull();
    expect(actionFor(press('Enter', { isComposing: true }))).toBeNull();
  });
});

describe('typed marks', () => {
  let timers: FakeTimers;
  let marks: number[];
  let refused: string[];
  const entryFor = (range: Partial<MarkRange> = {}) =>
    new MarkEntry(
      { min: 0, max: 100, step: 1, ...range },
      { pending: () => {}, commit: (mark) => marks.push(mark), refuse: (text) => refused.push(text) },
      timers,
    );
  const type = (entry: MarkEntry, text: string) => {
    for (const char of text) entry.type(char);
  };

  beforeEach(() => {
    timers = new FakeTimers();
    marks = [];
    refused = [];
  });

  it('takes two digits after 0.26 s, not before', () => {
    type(entryFor(), '87');
    timers.pass(259);
    expect(marks).toEqual([]);
    timers.pass(1);
    expect(marks).toEqual([87]);
  });

  it('takes them at once with Enter, and only once', () => {
    const entry = entryFor();
    type(entry, '87');
    expect(entry.enter()).toBe(true);
    timers.pass(1000);
    expect(marks).toEqual([87]);
    expect(entry.enter()).toBe(false);
  });

  it('lets 1-0-0 be typed slowly, and still takes a 10', () => {
    const entry = entryFor();
    type(entry, '1');
    timers.pass(800);
    type(entry, '0');
    timers.pass(800);
    type(entry, '0');
    timers.pass(260);
    expect(marks).toEqual([100]);
    type(entry, '10');
    timers.pass(900);
    expect(marks).toEqual([100, 10]);
  });

  it('never takes a lone digit of a hundred by itself', () => {
    const entry = entryFor();
    type(entry, '8');
    timers.pass(60_000);
    expect(marks).toEqual([]);
    entry.leave();
    expect(marks).toEqual([]);
    type(entry, '8');
    entry.enter();
    expect(marks).toEqual([8]);
  });

  it('reads a fast row of digits as one mark after another', () => {
    type(entryFor(), '859088');
    timers.pass(260);
    expect(marks).toEqual([85, 90, 88]);
  });

  it('takes a finished number when the judge moves on', () => {
    const entry = entryFor();
    type(entry, '92');
    entry.leave();
    timers.pass(1000);
    expect(marks).toEqual([92]);
  });

  it('takes one digit of a star round, and 10 of ten', () => {
    type(entryFor({ min: 1, max: 5 }), '4');
    timers.pass(260);
    const ten = entryFor({ max: 10 });
    type(ten, '10');
    timers.pass(260);
    type(ten, '1');
    timers.pass(900);
    type(ten, '0');
    timers.pass(260);
    expect(marks).toEqual([4, 10, 1, 0]);
  });

  it('refuses a digit that leads to no mark, and says so', () => {
    type(entryFor({ min: 1, max: 5 }), '7');
    type(entryFor({ min: 60, max: 100 }), '5');
    expect(refused).toEqual(['7', '5']);
    expect(marks).toEqual([]);
  });

  it('refuses what falls between the steps', () => {
    const entry = entryFor({ step: 5 });
    type(entry, '83');
    expect(refused).toEqual(['83']);
    type(entry, '5');
    timers.pass(260);
    expect(marks).toEqual([85]);
  });

  it('takes decimals where the step has them', () => {
    const entry = entryFor({ max: 10, step: 0.5 });
    type(entry, '8.5');
    timers.pass(260);
    type(entry, '9');
    timers.pass(900);
    expect(marks).toEqual([8.5, 9]);
    expect(entryFor().type('.')).toBe(false);
  });

  it('reads 05 as 5', () => {
    type(entryFor(), '05');
    timers.pass(260);
    expect(marks).toEqual([5]);
  });

  it('gives the last digit back', () => {
    const entry = entryFor();
    type(entry, '87');
    expect(entry.back()).toBe(true);
    type(entry, '9');
    timers.pass(260);
    expect(marks).toEqual([89]);
    expect(entry.back()).toBe(false);
  });

  it('drops what was pending when the focus goes elsewhere', () => {
    const entry = entryFor();
    type(entry, '8');
    entry.setRange({ min: 1, max: 5, step: 1 });
    type(entry, '3');
    timers.pass(260);
    expect(marks).toEqual([3]);
  });

  it('knows a mark from a text', () => {
    expect(markFrom('0', { min: 0, max: 100, step: 1 })).toBe(0);
    expect(markFrom('101', { min: 0, max: 100, step: 1 })).toBeNull();
    expect(markFrom('0.3', { min: 0, max: 1, step: 0.1 })).toBe(0.3);
    expect(markFrom('', { min: 0, max: 1, step: 1 })).toBeNull();
  });
});
