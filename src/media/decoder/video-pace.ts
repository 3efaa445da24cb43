/** Up to this many frames a second all are kept: phones' 30 is 30.03 at times, and the gaps jitter. */
const calmRate = 31;
/** Beyond it, frames are at least so far apart, in µs, but for a little. */
const gap = 1_000_000 / 30;
const jitter = 4_000;

/**
 * Chooses the frames to keep so that there are about 30 a second: of 60 every second one, of 50 too. Those that are
 * kept keep their times, so a variable frame rate stays one.
 */
export class Pace {
  private last = -Infinity;
  private due: number | null = null;

  /** @param rate frames a second, on average */
  constructor(private readonly rate: number) {}

  /** Whether to keep the frame shown at that time, in µs. Times that do not grow are never kept. */
  keeps(time: number): boolean {
    const due = this.due ?? time;
    if (time <= this.last || (this.rate > calmRate && time < due - jitter)) return false;
    this.last = time;
    this.due = Math.max(due, time - jitter) + gap;
    return true;
  }
}
