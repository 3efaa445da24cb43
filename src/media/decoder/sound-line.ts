/** Samples a second of the sound that is made. Counts of samples are per channel. */
export const soundRate = 48_000;
const channels = 2;

/** Up to this much (20 ms) a piece may be off its place without being moved: timestamps are rounded. */
const tolerance = soundRate / 50;

/**
 * Lays pieces of stereo sound on one line and cuts the line into equal blocks: silence where nothing lies, and
 * nothing twice. What lies before 0 is cut off, as edit lists and encoders' priming ask. Samples alternate left
 * and right.
 */
export class SoundLine {
  private readonly block: Float32Array;
  private filled = 0;
  private end = 0;
  private begun = false;

  /** Nothing is laid beyond `mostSamples`. */
  constructor(
    blockSamples: number,
    private readonly mostSamples: number,
  ) {
    this.block = new Float32Array(blockSamples * channels);
  }

  /** Puts a piece whose first sample belongs at `at`. A block that is yielded is good until the next is asked for. */
  *put(piece: Float32Array, at: number): Generator<Float32Array, void> {
    const off = at - this.end;
    const moved = !this.begun || Math.abs(off) > tolerance;
    const rest = piece.subarray(moved && off < 0 ? Math.min(piece.length, -off * channels) : 0);
    if (moved && off > 0) yield* this.add(off * channels, null);
    yield* this.add(rest.length, rest);
    this.begun ||= this.end > 0;
  }

  /** The last block, cut to what is in it; null where the line ends with a full one. */
  rest(): Float32Array | null {
    return this.filled === 0 ? null : this.block.subarray(0, this.filled);
  }

  private *add(wanted: number, piece: Float32Array | null): Generator<Float32Array, void> {
    const values = Math.min(wanted, (this.mostSamples - this.end) * channels);
    for (let done = 0; done < values;) {
      const count = Math.min(values - done, this.block.length - this.filled);
      if (piece) this.block.set(piece.subarray(done, done + count), this.filled);
      else this.block.fill(0, this.filled, this.filled + count);
      done += count;
      this.filled += count;
      this.end += count / channels;
      if (this.filled < this.block.length) return;
      yield this.block;
      this.filled = 0;
    }
  }
}
