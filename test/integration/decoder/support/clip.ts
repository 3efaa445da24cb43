import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const clipWidth = 1280;
export const clipHeight = 720;

const encoder = join(import.meta.dirname, 'clip-encoder.ts');

/**
 * A silent H.264 clip as a camera writes it (`moov` last): `blackSeconds` of black, then the test picture.
 * Encoded by FFmpeg's own muxer, so that nothing of the decoder under test takes part.
 */
export async function encodeClip(seconds: number, blackSeconds: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'dingge-clip-'));
  const file = join(folder, 'clip.mp4');
  try {
    await promisify(execFile)(process.execPath, [encoder, file, String(seconds), String(blackSeconds)]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
