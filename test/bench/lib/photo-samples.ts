import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import type * as cameras from '../../../src/cli/demo/camera.js';
import type * as finishes from '../../../src/cli/demo/paint/finish.js';
import type * as photos from '../../../src/cli/demo/photos.js';
import type * as prng from '../../../src/cli/demo/prng.js';

const dist = path.resolve(import.meta.dirname, '../../../dist/cli/demo');
const load = async <T>(file: string) => (await import(pathToFileURL(path.join(dist, file)).href)) as T;

interface Sample {
  scene: Parameters<typeof photos.paintScene>[0]['scene'];
  light: Parameters<typeof photos.paintScene>[0]['light'];
  width: number;
  height: number;
  orientation: photos.Orientation;
  /** What devices embed: phones Display P3 or sRGB, cameras sRGB, some nothing. */
  profile: 'none' | 'srgb' | 'p3';
  quality: number;
}

const phone = { width: 4000, height: 3000, quality: 86 };
const camera = { width: 6000, height: 4000, quality: 92 };

const samples: Sample[] = [
  { ...phone, scene: 'river', light: 'amber', orientation: 6, profile: 'p3' },
  { ...phone, scene: 'market', light: 'noonSoft', orientation: 1, profile: 'srgb' },
  { ...phone, scene: 'lanterns', light: 'nightWarm', orientation: 8, profile: 'p3' },
  { ...phone, scene: 'oldTree', light: 'golden', orientation: 1, profile: 'none' },
  { ...camera, scene: 'courtyard', light: 'golden', orientation: 1, profile: 'srgb' },
  { ...camera, scene: 'riverside', light: 'nightBlue', orientation: 1, profile: 'none' },
  { ...camera, scene: 'paddy', light: 'noonClear', orientation: 6, profile: 'p3' },
  { ...camera, scene: 'lotus', light: 'dawnTeal', orientation: 1, profile: 'srgb' },
];

/** Takes four photos of 12 MP and four of 24 MP, with grain, EXIF and colour profiles; the paths. */
export async function takePhotos(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const [index, sample] of samples.entries()) {
    const file = path.join(folder, `${index}.jpg`);
    writeFileSync(file, await takePhoto(sample, `bench ${index}`));
    files.push(file);
  }
  return files;
}

async function takePhoto(sample: Sample, seed: string): Promise<Buffer> {
  const { paintScene, withOrientation } = await load<typeof photos>('photos.js');
  const { addGrain } = await load<typeof finishes>('paint/finish.js');
  const { captureFacts } = await load<typeof cameras>('camera.js');
  const { createRng } = await load<typeof prng>('prng.js');
  const { width, height } = sample;
  const painted = { width: 1800, height: Math.round((1800 * height) / width), channels: 3 } as const;
  const scene = await paintScene({ seed, ...sample }, painted.width, painted.height);
  const enlarged = sharp(scene, { raw: painted }).resize(width, height, { kernel: 'cubic' });
  const pixels = await enlarged.raw().toBuffer();
  addGrain(pixels, 1 + seed.length, 6);
  const photo = sharp(pixels, { raw: { width, height, channels: 3 } }).withExif(
    captureFacts(createRng(seed), '2019:08:30 10:11:12', 0),
  );
  if (sample.profile !== 'none') photo.withIccProfile(sample.profile);
  const jpeg = await photo.jpeg({ quality: sample.quality, chromaSubsampling: '4:2:0' }).toBuffer();
  return withOrientation(jpeg, sample.orientation);
}
