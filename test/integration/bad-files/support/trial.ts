import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as decoding from '../../../../src/media/decoder/decoder.js';
import type * as sniffing from '../../../../src/media/sniff.js';

// Imports nothing of ours but types, so that benchmarks, which Node runs as they are, can use it too.

/** The parts that bad files are tried on: from `src` under jest, from `dist` in a benchmark. */
export interface Parts {
  Decoder: typeof decoding.Decoder;
  sniff: typeof sniffing.sniff;
}

type Door = 'image' | 'video';

/** What became of one file. */
export interface Trial {
  file: string;
  /** `processed`, the code of a refusal, or HANG. */
  outcome: string;
  /** What the log says beside the code. */
  detail: string;
  ms: number;
  /** Of that: telling the type, which happens beside everybody's requests. */
  sniffMs: number;
  /** Largest resident size of a process that decodes its kind meanwhile; 0 where none ran. Linux only. */
  peakBytes: number;
}

/** No file may take longer. */
export const deadlineMs = 10_000;

/** Codes that say nothing of the file: it broke its decoder, or something of ours. */
const ourFault =
  /^(HANG|MEDIA\.(TIMEOUT|DECODER_CRASHED|DECODER_CLOSED|INPUT_MISSING|DISK_FULL|INTERNAL))$|^(?!MEDIA\.|processed$)/;

/** Whether a file was neither processed nor refused with a reason that its sender can act on. */
export const isOurFault = ({ outcome }: Trial): boolean => ourFault.test(outcome);

const memoryWatchMs = 10;

/** Takes files the way an upload takes: type by content, then its decoder, in a process of its own. */
export class TrialRoom {
  private serial = 0;
  private readonly folder: string;
  private readonly parts: Parts;
  private readonly slots: number;
  private readonly decoder: decoding.Decoder;

  private constructor(folder: string, parts: Parts, slots: number) {
    this.folder = folder;
    this.parts = parts;
    this.slots = slots;
    this.decoder = new parts.Decoder({ slots });
  }

  /** `slots`: how many files are tried at a time. With one, `peakBytes` is that file's own. */
  static async open(parts: Parts, slots: number): Promise<TrialRoom> {
    const folder = await mkdtemp(join(tmpdir(), 'dingge-bad-files-'));
    return new TrialRoom(folder, parts, slots);
  }

  async close(): Promise<void> {
    await this.decoder.close();
    await rm(this.folder, { recursive: true });
  }

  /** Tries many, as many at a time as there are slots: a file's time must not hold its wait for another. */
  async each<T>(items: T[], attempt: (item: T) => Promise<Trial>): Promise<Trial[]> {
    const waiting = items.values();
    const trials: Trial[] = [];
    const lane = async () => {
      for (const item of waiting) trials.push(await attempt(item));
    };
    await Promise.all(Array.from({ length: this.slots }, lane));
    return trials;
  }

  /** As an upload to a category of photos or videos. */
  try(file: string, bytes: Buffer, door: Door): Promise<Trial> {
    return this.timed(file, bytes, door, async (input, sniffed) => {
      if (bytes.length === 0) return 'MEDIA.EMPTY';
      const type = await this.parts.sniff(input);
      sniffed();
      return type?.kind === door ? type.mime : 'MEDIA.WRONG_TYPE';
    });
  }

  /** As an upload to the category that its content belongs in; what belongs in none goes to the photos. */
  async tryAnywhere(file: string, bytes: Buffer): Promise<Trial> {
    const type = await this.parts.sniff(bytes);
    return this.try(file, bytes, type?.kind ?? 'image');
  }

  /** Past the door, as if it were taken for a JPEG: the decoder must hold by itself. */
  force(file: string, bytes: Buffer): Promise<Trial> {
    return this.timed(file, bytes, 'image', () => Promise.resolve('image/jpeg'));
  }

  /** `mimeOf` names the type that the decoder is given, or the code with which the door refuses. */
  private async timed(
    file: string,
    bytes: Buffer,
    door: Door,
    mimeOf: (input: string, sniffed: () => void) => Promise<string>,
  ): Promise<Trial> {
    this.serial += 1;
    const stem = `job${this.serial}`;
    const input = join(this.folder, stem);
    await writeFile(input, bytes);
    const memory = new MemoryWatch(door);
    const started = performance.now();
    let sniffMs = 0;
    const trial = (outcome: string, detail = ''): Trial => ({
      file,
      outcome,
      detail,
      ms: Math.round(performance.now() - started),
      sniffMs: Math.round(sniffMs),
      peakBytes: memory.stop(),
    });
    try {
      const mime = await mimeOf(input, () => (sniffMs = performance.now() - started));
      if (mime.startsWith('MEDIA.')) return trial(mime);
      const job = { input, mime, outDir: this.folder, stem, signal: AbortSignal.timeout(deadlineMs) };
      await (door === 'image' ? this.decoder.photo(job) : this.decoder.video(job));
      return trial('processed');
    } catch (error) {
      return trial(codeOf(error), (error as Error).message);
    } finally {
      memory.stop();
      await rm(input);
    }
  }
}

function codeOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  return name === 'TimeoutError' ? 'HANG' : (code ?? String(name));
}

/** Watches the decoding processes of this process, those of videos or the others. */
class MemoryWatch {
  private peak = 0;
  private readonly door: Door;
  private readonly timer = setInterval(() => this.look(), memoryWatchMs);

  constructor(door: Door) {
    this.door = door;
    // What a long-lived process once needed for another file is not this one's.
    for (const pid of decoderPids(door)) forgetPeak(pid);
  }

  /** The peak so far, in bytes; looks no more. */
  stop(): number {
    this.look();
    clearInterval(this.timer);
    return this.peak;
  }

  private look(): void {
    for (const pid of decoderPids(this.door)) this.peak = Math.max(this.peak, peakOf(pid));
  }
}

/** Process ids of this process's decoding children; none where there is no /proc. */
function decoderPids(door: Door): string[] {
  const children = read(`/proc/${process.pid}/task/${process.pid}/children`).split(' ');
  return children.filter((pid) => {
    const command = pid === '' ? '' : read(`/proc/${pid}/cmdline`);
    return command.includes('-child.js') && command.includes('video-child.js') === (door === 'video');
  });
}

const peakOf = (pid: string): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;

function forgetPeak(pid: string): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // It ended, or the kernel does not let us: then the peak is that of its whole life.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
