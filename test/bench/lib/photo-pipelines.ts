import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type * as facts from '../../../src/media/decoder/facts/index.js';
import type * as fingerprint from '../../../src/media/fingerprint/fingerprint.js';
import type * as iccs from '../../../src/media/decoder/icc.js';
import type * as photoPixels from '../../../src/media/decoder/photo-pixels.js';
import type * as pictures from '../../../src/media/decoder/pictures.js';
import type { Output } from '../../../src/media/decoder/output.js';

/**
 * Three ways to make a photo's renditions, each in a process of its own:
 * `node photo-pipelines.ts bare|naive|immich|immich-inside LANES OUTDIR`; a message with paths is answered when all are done.
 */
type Way = 'bare' | 'naive' | 'immich' | 'immich-inside';
const [way = '', lanes = '2', outDir = ''] = process.argv.slice(2);

const decoder = path.resolve(import.meta.dirname, '../../../dist/media/decoder');
const load = async <T>(file: string) => (await import(pathToFileURL(path.join(decoder, file)).href)) as T;

const edges = { preview: 2000, thumb: 640, small: 320 };

mkdirSync(outDir, { recursive: true });
const write = (name: string, file: string, bytes: Uint8Array) =>
  writeFileSync(path.join(outDir, `${path.basename(file)}-${name}`), bytes);

/** The worker's own job and the upload's hash, with no queue, no database, no fsync and no child process. */
async function bare(): Promise<(file: string) => Promise<void>> {
  const { decodePhoto } = await load<typeof photoPixels>('photo-pixels.js');
  const { writeLarge, writeSmall } = await load<typeof pictures>('pictures.js');
  const { readFacts } = await load<typeof facts>('facts/index.js');
  return async (file) => {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    const { pixels } = await decodePhoto(file);
    const output = {
      write: (name: string, bytes: Uint8Array) => Promise.resolve(write(name, file, bytes)),
    } as unknown as Output;
    await writeLarge(pixels, 'preview', output);
    await writeSmall(pixels, output);
    readFacts(file, 'image/jpeg');
  };
}

/** What a first version does: every output from the file itself, decoded whole. */
async function naive(): Promise<(file: string) => Promise<void>> {
  sharp.concurrency(1);
  sharp.cache(false);
  const { fingerprintOf } = await load<typeof fingerprint>('../fingerprint/fingerprint.js');
  const whole = async (file: string, edge: number) => {
    const { data, info } = await sharp(file)
      .rotate()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return sharp(data, { raw: { width, height, channels } }).resize(edge, edge, { fit: 'inside' });
  };
  return async (file) => {
    write('preview', file, await (await whole(file, edges.preview)).jpeg({ quality: 82 }).toBuffer());
    write('thumb', file, await (await whole(file, edges.thumb)).webp({ quality: 78, effort: 2 }).toBuffer());
    write('small', file, await (await whole(file, edges.small)).jpeg({ quality: 80 }).toBuffer());
    await thumbHash(await whole(file, 100));
    const { data, info } = await (await whole(file, edges.small)).raw().toBuffer({ resolveWithObject: true });
    fingerprintOf({ data, width: info.width, height: info.height, channels: 3 });
  };
}

/**
 * The structure of Immich's media service as its source was read (see docs/media.md), at our sizes: one decode with
 * the colour conversion at full size and no shrinking on load, 16-bit for wide gamut, then three outputs at once
 * from the raw preview, with its quality and chroma settings and libvips threads on every core.
 * @param fit its own is `outside`: the shorter edge gets the size, and a photo half as many pixels again; `inside`
 *   makes pictures as large as ours
 */
async function immich(fit: 'outside' | 'inside'): Promise<(file: string) => Promise<void>> {
  const { profileName } = await load<typeof iccs>('icc.js');
  sharp.concurrency(0);
  sharp.cache({ files: 0 });
  return async (file) => {
    const { icc } = await sharp(file).metadata();
    // It takes what isn't called sRGB for Display P3.
    const wide = icc !== undefined && !/srgb/i.test(profileName(icc) ?? '');
    const { data, info } = await sharp(file, { failOn: 'error', limitInputPixels: false, unlimited: true })
      .pipelineColourspace(wide ? 'rgb16' : 'srgb')
      .withIccProfile(wide ? 'p3' : 'srgb')
      .rotate()
      .resize(edges.preview, edges.preview, { fit, withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const from = (edge: number) => sharp(data, { raw }).resize(edge, edge, { fit });
    const [thumb, small, preview] = await Promise.all([
      from(edges.thumb).webp({ quality: 80 }).toBuffer(),
      from(edges.small).webp({ quality: 80 }).toBuffer(),
      sharp(data, { raw }).jpeg({ quality: 80, chromaSubsampling: '4:4:4' }).toBuffer(),
      thumbHash(from(100)),
    ]);
    write('thumb', file, thumb);
    write('small', file, small);
    write('preview', file, preview);
  };
}

async function thumbHash(picture: Sharp): Promise<void> {
  const { data, info } = await picture
    .resize(100, 100, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  rgbaToThumbHash(info.width, info.height, data);
}

const ways: Record<Way, () => Promise<(file: string) => Promise<void>>> = {
  bare,
  naive,
  immich: () => immich('outside'),
  'immich-inside': () => immich('inside'),
};
const job = await ways[way as Way]();

process.on('disconnect', () => process.exit(0));
process.on('message', (files: string[]) => {
  const waiting = [...files];
  const lane = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await job(file);
  };
  Promise.all(Array.from({ length: Number(lanes) }, lane)).then(
    () => process.send?.({}),
    (error: Error) => process.send?.({ error: error.stack }),
  );
});
process.send?.({});
