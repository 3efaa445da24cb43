import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rgb } from '../../../fixtures/bad-media.js';
import { hvcCFrom, type CodedStill } from '../../../fixtures/heif-file.js';

const encoder = join(import.meta.dirname, 'still-encoder.ts');

export interface StillOptions {
  width: number;
  height: number;
  /** What is seen at a place, 0…255 a channel, fractions allowed. */
  at: (x: number, y: number) => Rgb;
  chroma?: '4:2:0' | '4:4:4' | '4:0:0';
  bits?: 8 | 10;
}

/** A picture as one HEVC intra frame without loss: full range, BT.601, as phones write stills. */
export async function hevcStill({
  width,
  height,
  at,
  chroma = '4:4:4',
  bits = 8,
}: StillOptions): Promise<CodedStill> {
  const folder = await mkdtemp(join(tmpdir(), 'dingge-still-'));
  try {
    const planesFile = join(folder, 'planes');
    const streamFile = join(folder, 'stream');
    await writeFile(planesFile, planes(width, height, at, chroma, bits));
    await promisify(execFile)(process.execPath, [
      encoder,
      planesFile,
      streamFile,
      String(width),
      String(height),
      `${chroma} ${bits}`,
    ]);
    const units = nalUnits(await readFile(streamFile));
    const parameterSets = units.filter((unit) => [32, 33, 34].includes(typeOf(unit)));
    const slices = units.filter((unit) => typeOf(unit) < 32);
    return {
      type: 'hvc1',
      width,
      height,
      bits,
      channels: chroma === '4:0:0' ? 1 : 3,
      configuration: hvcCFrom(parameterSets, chroma, bits),
      data: Buffer.concat(slices.flatMap((unit) => [lengthOf(unit), unit])),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const typeOf = (unit: Buffer): number => ((unit[0] ?? 0) >> 1) & 63;

function lengthOf(unit: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(unit.length);
  return length;
}

/** Annex B: units behind start codes of two or three zeros and a one. */
function nalUnits(stream: Buffer): Buffer[] {
  const startCode = Buffer.from([0, 0, 1]);
  const units: Buffer[] = [];
  for (let at = stream.indexOf(startCode); at >= 0;) {
    const from = at + 3;
    at = stream.indexOf(startCode, from);
    const to = at < 0 ? stream.length : stream[at - 1] === 0 ? at - 1 : at;
    units.push(stream.subarray(from, to));
  }
  return units;
}

function planes(
  width: number,
  height: number,
  at: StillOptions['at'],
  chroma: '4:2:0' | '4:4:4' | '4:0:0',
  bits: 8 | 10,
): Buffer {
  const most = 2 ** bits - 1;
  const half = (most + 1) / 2;
  const [red, blue] = [0.299, 0.114];
  const luma = (rgb: Rgb) => red * rgb[0] + (1 - red - blue) * rgb[1] + blue * rgb[2];
  const samples: number[] = [];
  const plane = (step: number, value: (rgb: Rgb) => number) => {
    for (let y = 0; y < height; y += step) {
      for (let x = 0; x < width; x += step) {
        samples.push(Math.max(0, Math.min(most, Math.round(value(at(x, y))))));
      }
    }
  };
  const scale = most / 255;
  plane(1, (rgb) => luma(rgb) * scale);
  if (chroma !== '4:0:0') {
    const step = chroma === '4:2:0' ? 2 : 1;
    plane(step, (rgb) => half + ((rgb[2] - luma(rgb)) / (2 * (1 - blue))) * scale);
    plane(step, (rgb) => half + ((rgb[0] - luma(rgb)) / (2 * (1 - red))) * scale);
  }
  return bits === 8 ? Buffer.from(samples) : Buffer.from(Uint16Array.from(samples).buffer);
}
