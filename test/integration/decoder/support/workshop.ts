import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { Decoder, type VideoRequest } from '../../../../src/media/decoder/decoder.js';
import type { DecoderLimits } from '../../../../src/media/decoder/limits.js';
import { cpuTimeMs } from '../../../../src/media/decoder/memory.js';
import type { PhotoResult, VideoResult, WholeSizeResult } from '../../../../src/media/decoder/results.js';

/** A decoder with a folder to work in; `close` removes both. */
export class Workshop {
  private serial = 0;

  private constructor(
    readonly folder: string,
    readonly decoder: Decoder,
  ) {}

  static async open(options: { slots?: number; limits?: Partial<DecoderLimits> } = {}): Promise<Workshop> {
    const folder = await mkdtemp(join(tmpdir(), 'dingge-decoder-'));
    return new Workshop(folder, new Decoder({ slots: options.slots ?? 1, limits: options.limits }));
  }

  async close(): Promise<void> {
    await this.decoder.close();
    await rm(this.folder, { recursive: true });
  }

  async photo(bytes: Buffer, mime = 'image/jpeg', signal?: AbortSignal): Promise<PhotoResult> {
    return this.decoder.photo({ ...(await this.job(bytes, mime)), signal });
  }

  /** A photo with its picture of whole size, as if somebody had zoomed in. */
  async wholePhoto(
    bytes: Buffer,
    mime = 'image/jpeg',
  ): Promise<{ photo: PhotoResult; whole: WholeSizeResult }> {
    const job = await this.job(bytes, mime);
    return { photo: await this.decoder.photo(job), whole: await this.decoder.wholeSize(job) };
  }

  async video(bytes: Buffer, mime = 'video/mp4', more: Partial<VideoRequest> = {}): Promise<VideoResult> {
    return this.decoder.video({ ...(await this.job(bytes, mime)), ...more });
  }

  /** Files in the folder that are not inputs. */
  async outputs(): Promise<string[]> {
    return (await readdir(this.folder)).filter((name) => !name.startsWith('input-'));
  }

  private async job(bytes: Buffer, mime: string) {
    this.serial += 1;
    const stem = `job${this.serial}`;
    const input = join(this.folder, `input-${stem}`);
    await writeFile(input, bytes);
    return { input, mime, outDir: this.folder, stem };
  }
}

/** The colour at a place of a rendition, given as shares of its width and height. */
export async function colourAt(file: string, x: number, y: number): Promise<[number, number, number]> {
  return (await coloursOf(file))(x, y);
}

/** Decodes a rendition once, for many places. */
export async function coloursOf(file: string): Promise<(x: number, y: number) => [number, number, number]> {
  const { data, info } = await sharp(await readFile(file))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x, y) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    const [red = 0, green = red, blue = red] = data.subarray(at, at + info.channels);
    return [red, green, blue];
  };
}

/** Largest difference of two colours in one channel. */
export const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));

export function fileOf(result: PhotoResult | VideoResult, name: string): string {
  const found = result.renditions.find((one) => one.name === name);
  if (!found) throw new Error(`no rendition ${name}`);
  return found.file;
}

/** Process ids of this process's decoding children. Linux only. */
export function decoderPids(): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1').trim();
  return children
    .split(' ')
    .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('-child.js'))
    .map(Number);
}

/** Waits until a decoding child is there, and names it. */
export async function firstDecoderPid(): Promise<number> {
  let pids = decoderPids();
  for (; pids.length === 0; pids = decoderPids()) await setTimeout(2);
  return pids[0];
}

/** Waits until an idle process works on something. Linux only. */
export async function busy(pid: number): Promise<void> {
  const before = cpuTimeMs(pid) ?? 0;
  while ((cpuTimeMs(pid) ?? Infinity) < before + 50) await setTimeout(2);
}
