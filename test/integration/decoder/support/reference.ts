import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp, { type Sharp } from 'sharp';
import { png, type Rgb } from '../../../fixtures/bad-media.js';
import { deltaE, labOf } from '../../../fixtures/colour.js';

/** 8-bit sRGB, three channels. */
export interface Picture {
  width: number;
  height: number;
  data: Buffer;
}

/** A photo decoded, turned, laid on white and converted at full size, without any of the decoder's shortcuts. */
export async function fullSize(file: string): Promise<Picture> {
  const { compression } = await sharp(file, { limitInputPixels: false }).metadata();
  const source = compression === 'hevc' ? await heicAsPng(file) : file;
  return rgb(
    sharp(source).flatten({ background: '#fff' }).autoOrient().withIccProfile('srgb', { attach: false }),
  );
}

async function rgb(pipeline: Sharp): Promise<Picture> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { width: info.width, height: info.height, data };
  const grey = { width: info.width, height: info.height, channels: 1 as const };
  return rgb(
    sharp(await sharp(data, { raw: grey }).toColourspace('srgb').png({ palette: false }).toBuffer()),
  );
}

interface HeifImage {
  get_width: () => number;
  get_height: () => number;
  display: (
    into: { data: Uint8ClampedArray; width: number; height: number },
    done: (image: unknown) => void,
  ) => void;
}

/** Through libheif's own JavaScript, which takes the first picture of a file as RGBA; the profile as sharp reads it. */
async function heicAsPng(file: string): Promise<Buffer> {
  const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle') as {
    HeifDecoder: new () => { decode: (bytes: Buffer) => HeifImage[] };
  };
  const [image] = new libheif.HeifDecoder().decode(await readFile(file));
  if (!image) throw new Error(`no picture in ${file}`);
  const [width, height] = [image.get_width(), image.get_height()];
  const shown = { data: new Uint8ClampedArray(width * height * 4), width, height };
  await new Promise((done) => image.display(shown, done));
  const { icc } = await sharp(file).metadata();
  const rows = Buffer.alloc(height * (1 + 4 * width));
  for (let y = 0; y < height; y += 1) {
    rows.set(shown.data.subarray(4 * width * y, 4 * width * (y + 1)), y * (1 + 4 * width) + 1);
  }
  return png({ width, height, bitDepth: 8, colour: 'rgba', rows, icc });
}

export interface Differences {
  pixelMean: number;
  blockMean: number;
  blockP99: number;
}

/**
 * CIEDE2000 between a rendition and a reference scaled to its size: the mean over pixels, and mean and 99th
 * percentile over means of 8 × 8 pixels.
 */
export async function differences(rendition: string, reference: Picture): Promise<Differences> {
  const seen = await rgb(sharp(await readFile(rendition)));
  const { width, height } = seen;
  const raw = { width: reference.width, height: reference.height, channels: 3 as const };
  const wanted = await rgb(sharp(reference.data, { raw }).resize(width, height, { fit: 'fill' }));
  const distances = (edge: number): number[] => {
    const found: number[] = [];
    // All of a large picture would take minutes: some ten thousand places, spread over it.
    const step = edge * Math.max(1, Math.floor(Math.sqrt((width * height) / (10_000 * edge * edge))));
    for (let y = 0; y + edge <= height; y += step) {
      for (let x = 0; x + edge <= width; x += step) {
        found.push(deltaE(labOf(mean(seen, x, y, edge)), labOf(mean(wanted, x, y, edge))));
      }
    }
    return found.sort((a, b) => a - b);
  };
  const average = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const blocks = distances(8);
  return {
    pixelMean: average(distances(1)),
    blockMean: average(blocks),
    blockP99: blocks[Math.floor(0.99 * (blocks.length - 1))] ?? NaN,
  };
}

function mean({ width, data }: Picture, left: number, top: number, edge: number): Rgb {
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < top + edge; y += 1) {
    for (let at = 3 * (y * width + left); at < 3 * (y * width + left + edge); at += 3) {
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  }
  const count = edge * edge;
  return [red / count, green / count, blue / count];
}
