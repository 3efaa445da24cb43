import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const clip = { width: 320, height: 180, seconds: 24, framesPerSecond: 8 };

/** Brightness of the picture at a time, from 40 to 180: three seconds each. */
export function brightnessAt(second: number): number {
  return 40 + Math.floor(second / 3) * 20;
}

/** A silent H.264 clip of some megabytes, as a camera writes it. */
export async function encodeClip(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'dingge-clip-'));
  try {
    const file = join(folder, 'clip.mp4');
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'clip-encoder.ts'), file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
