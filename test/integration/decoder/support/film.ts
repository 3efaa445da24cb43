import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A clip to make. Times in seconds. */
export interface Film {
  container: 'mp4' | 'mov' | 'webm' | 'mkv';
  /** FFmpeg's name of an encoder. */
  video: 'libx264' | 'libx265' | 'libvpx-vp9' | 'libvpx' | 'libsvtav1';
  /** Further options of that encoder. */
  options?: Record<string, string | number>;
  width: number;
  height: number;
  rate: number;
  seconds: number;
  /** Moves each frame's time; the default is an even rate. */
  times?: number[];
  /** Ten bits, BT.2020, in that transfer; the picture is then `hdrPatches`. Otherwise the test picture. */
  transfer?: 'arib-std-b67' | 'smpte2084';
  tenBit?: boolean;
  blackSeconds?: number;
  /** For a tenth of a second from here on the picture is white and the sound beeps; it is silent otherwise. */
  flashAt?: number;
  /** Half-way, frames become this size: only streams that carry sizes in themselves (VP9 in WebM) can. */
  resizeTo?: { width: number; height: number };
  /** The sound begins so much later than the pictures. */
  soundFrom?: number;
  sound?: { encoder: string; rate: number; channels: 1 | 2 };
}

/** What a patch of the HDR picture shows, as signal of 0 to 1 in red, green and blue, left to right. */
export const hdrPatches = {
  'arib-std-b67': { grey: 0.38, white: 0.75, peak: 1 },
  smpte2084: { grey: 0.38, white: 0.58, peak: 0.75 },
};

/** What FFmpeg's own demuxer and decoders find in a clip. */
export interface Screening {
  width: number;
  height: number;
  codec: string;
  profile: number;
  pixelFormat: string;
  /** When each frame is shown, and the colours at the four `spots`, in RGB. */
  frames: { at: number; colours: [number, number, number][] }[];
  /** When there is a key frame. */
  keysAt: number[];
  sound: { codec: string; rate: number; channels: number; seconds: number; loudest: number } | null;
  /** When the first frame is white, and when the first sample is loud; null where none is. */
  flashAt: number | null;
  beepAt: number | null;
}

/** Where a screening looks: in the middle of each quadrant, upper left, upper right, lower left, lower right. */
export const spots = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

const run = promisify(execFile);
const script = (name: string) => join(import.meta.dirname, `${name}.ts`);

/** Encoded by FFmpeg's own muxer, so that nothing of the decoder under test takes part; `moov` comes last. */
export async function makeFilm(film: Film): Promise<Buffer> {
  return inFolder(async (folder) => {
    const file = join(folder, `film.${film.container}`);
    await run(process.execPath, [script('film-encoder'), file, JSON.stringify(film)]);
    return readFile(file);
  });
}

/** A silent clip as a camera writes it: some black, then the test picture. The higher `crf`, the more is lost. */
export const encodeClip = (seconds: number, blackSeconds: number, crf?: number): Promise<Buffer> =>
  makeFilm({
    ...{ container: 'mp4', video: 'libx264', width: 1280, height: 720, rate: 12, seconds, blackSeconds },
    options: crf === undefined ? {} : { crf },
  });

/** Decodes all of a clip. */
export async function screen(clip: Buffer): Promise<Screening> {
  return inFolder(async (folder) => {
    const file = join(folder, 'clip');
    await writeFile(file, clip);
    const { stdout } = await run(process.execPath, [script('film-reader'), file], { maxBuffer: 1e8 });
    return JSON.parse(stdout) as Screening;
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dingge-film-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
