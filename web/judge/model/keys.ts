/**
 * The keyboard of the dark room, without the browser: which action a key means, and how digits become a mark.
 */

/** What a key asks for. Digits go to a `MarkEntry`. */
export type Action =
  | { do: 'previous' | 'next' | 'up' | 'down' | 'first' | 'last' }
  | { do: 'digit'; char: string }
  | { do: 'enter' | 'tab' | 'tab-back' | 'clear' | 'undo' | 'escape' }
  | { do: 'next-unscored' | 'zoom' | 'fullscreen' | 'grid' | 'single' | 'compare' }
  | { do: 'pass' | 'fail' | 'unmark' }
  | { do: 'flag' | 'next-flagged' | 'favourite' | 'next-favourite' | 'note' }
  | { do: 'surround' | 'abstain' | 'help' | 'instructions' | 'statistics' }
  | { do: 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right' | 'pan-up' | 'pan-down' }
  | { do: 'media-previous' | 'media-next' | 'frame-back' | 'frame-forward' | 'slower' | 'faster' | 'mute' };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** An IME is composing: its keys are not ours. 229 is what older engines send instead. */
  isComposing: boolean;
  keyCode?: number;
}

const PLAIN: Record<string, Action> = {
  ArrowLeft: { do: 'previous' },
  ArrowRight: { do: 'next' },
  ArrowUp: { do: 'up' },
  ArrowDown: { do: 'down' },
  Home: { do: 'first' },
  End: { do: 'last' },
  Enter: { do: 'enter' },
  Tab: { do: 'tab' },
  Backspace: { do: 'clear' },
  Delete: { do: 'clear' },
  Escape: { do: 'escape' },
  ' ': { do: 'zoom' },
  z: { do: 'zoom' },
  n: { do: 'next-unscored' },
  f: { do: 'fullscreen' },
  g: { do: 'grid' },
  e: { do: 'single' },
  c: { do: 'compare' },
  p: { do: 'pass' },
  x: { do: 'fail' },
  u: { do: 'unmark' },
  b: { do: 'flag' },
  s: { do: 'favourite' },
  w: { do: 'note' },
  i: { do: 'instructions' },
  t: { do: 'statistics' },
  l: { do: 'surround' },
  a: { do: 'abstain' },
  '?': { do: 'help' },
  '？': { do: 'help' },
  '[': { do: 'media-previous' },
  ']': { do: 'media-next' },
  ',': { do: 'frame-back' },
  '.': { do: 'frame-forward' },
  '<': { do: 'slower' },
  '>': { do: 'faster' },
  m: { do: 'mute' },
  '+': { do: 'zoom-in' },
  '=': { do: 'zoom-in' },
  '-': { do: 'zoom-out' },
};

const SHIFTED: Record<string, Action> = {
  Tab: { do: 'tab-back' },
  b: { do: 'next-flagged' },
  s: { do: 'next-favourite' },
  ArrowLeft: { do: 'pan-left' },
  ArrowRight: { do: 'pan-right' },
  ArrowUp: { do: 'pan-up' },
  ArrowDown: { do: 'pan-down' },
};

/** The action of a key press, or null if it is not ours (text is being composed, or it is a browser shortcut). */
export function actionFor(press: KeyPress): Action | null {
  if (press.isComposing || press.keyCode === 229) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey) {
    return key === 'z' && !press.shiftKey && !press.altKey ? { do: 'undo' } : null;
  }
  if (press.altKey) return null;
  if (/^[0-9]$/.test(key)) return { do: 'digit', char: key };
  return (press.shiftKey ? SHIFTED[key] : undefined) ?? PLAIN[key] ?? null;
}

/** The range that typed marks must fall in. */
export interface MarkRange {
  min: number;
  max: number;
  step: number;
}

/** Timers as an argument, so that a test owns time. */
export interface Timers {
  set(run: () => void, ms: number): number;
  clear(id: number): void;
}

/** After this a number that cannot grow any more is taken. */
export const COMMIT_MS = 260;
/** A number that can grow in one single way (10 → 100) waits longer: that digit may be coming. */
export const GROWING_MS = 900;

const decimalsOf = (step: number): number => (String(step).split('.')[1] ?? '').length;

/** The mark that a text stands for, or null if it is none of this range. */
export function markFrom(text: string, range: MarkRange): number | null {
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  if (value < range.min || value > range.max) return null;
  const steps = (value - range.min) / (range.step > 0 ? range.step : 1);
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? value : null;
}

/** The texts that one more key can make of this one and that still lead to a mark. */
function continuations(text: string, range: MarkRange): string[] {
  const decimals = decimalsOf(range.step);
  const digits = [...'0123456789'].map((digit) => text + digit);
  const candidates = decimals > 0 && /^\d+$/.test(text) ? [...digits, `${text}.`] : digits;
  return candidates.filter((candidate) => leadsToMark(candidate, range));
}

/** From this maximum on people write 05 for 5; below it a 0 is a mark of its own. */
const PADDED_FROM = 20;

/** Whether some mark of the range is written with this beginning. */
function leadsToMark(text: string, range: MarkRange): boolean {
  const [integer = '', fraction] = text.split('.');
  if (integer.length > String(Math.floor(range.max)).length) return false;
  if (integer.length > 1 && integer.startsWith('0') && (integer.length > 2 || range.max < PADDED_FROM)) {
    return false;
  }
  const decimals = decimalsOf(range.step);
  if ((fraction?.length ?? 0) > decimals) return false;
  if (markFrom(text.replace(/\.$/, ''), range) !== null) return true;
  return continuations(text, range).length > 0;
}

export interface MarkEntryEvents {
  /** What is typed so far; empty when there is nothing pending. */
  pending(text: string): void;
  commit(mark: number): void;
  /** The key cannot lead to a mark of this range. */
  refuse(text: string): void;
}

/**
 * Collects typed digits into a mark of the current range.
 *
 * A number that no further digit can extend is taken after 0.26 s, or at once when the next digit shows that it
 * was meant to be finished (859088 is 85, 90, 88). One that can grow in a single way waits 0.9 s (10 may become
 * 100). One that can grow in many ways (8 of 100) waits for Enter or Tab, so a slip never becomes a mark.
 */
export class MarkEntry {
  private text = '';
  private timer: number | null = null;

  constructor(
    private range: MarkRange,
    private readonly events: MarkEntryEvents,
    private readonly timers: Timers,
  ) {}

  /** Another criterion has the focus: what is pending was finished or dropped before. */
  setRange(range: MarkRange): void {
    this.drop();
    this.range = range;
  }

  get pending(): string {
    return this.text;
  }

  /** A digit or, where the step has decimals, a point. False if the key is not for this entry. */
  type(char: string): boolean {
    if (char === '.' && (this.text === '' || decimalsOf(this.range.step) === 0)) return false;
    const longer = this.text + char;
    if (!leadsToMark(longer, this.range)) {
      if (this.text !== '' && this.ways() === 0 && this.mark() !== null) {
        this.commit();
        return this.type(char);
      }
      this.events.refuse(longer);
      return true;
    }
    this.show(longer);
    this.schedule();
    return true;
  }

  /** Enter or Tab: takes what is pending. False if there was nothing to take. */
  enter(): boolean {
    if (this.text === '') return false;
    if (this.mark() === null) this.events.refuse(this.text);
    else this.commit();
    return true;
  }

  /** Takes away the last digit. False if nothing was pending. */
  back(): boolean {
    if (this.text === '') return false;
    this.show(this.text.slice(0, -1));
    this.schedule();
    return true;
  }

  /** The judge moves on: a number already under way to be taken is taken; a lone, open digit is dropped. */
  leave(): void {
    if (this.timer !== null && this.mark() !== null) this.commit();
    else this.drop();
  }

  drop(): void {
    this.stop();
    if (this.text !== '') this.show('');
  }

  private mark(): number | null {
    return markFrom(this.text, this.range);
  }

  private ways(): number {
    return continuations(this.text, this.range).length;
  }

  private schedule(): void {
    this.stop();
    if (this.text === '' || this.mark() === null) return;
    const ways = this.ways();
    if (ways > 1) return;
    this.timer = this.timers.set(() => this.commit(), ways === 0 ? COMMIT_MS : GROWING_MS);
  }

  private commit(): void {
    const mark = this.mark();
    this.drop();
    if (mark !== null) this.events.commit(mark);
  }

  private show(text: string): void {
    this.text = text;
    this.events.pending(text);
  }

  private stop(): void {
    if (this.timer !== null) this.timers.clear(this.timer);
    this.timer = null;
  }
}
