import sharp, { type Sharp } from 'sharp';
import { captureFacts } from './camera.js';
import { Canvas } from './paint/canvas.js';
import { addGrain, develop } from './paint/finish.js';
import { LIGHTS, type LightName } from './paint/light.js';
import { createRng } from './prng.js';
import { SCENES, type SceneName } from './scenes/index.js';

export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** One photo to take; the same job always gives the same file. */
export interface PhotoJob {
  seed: string;
  scene: SceneName;
  light: LightName;
  upright: 'landscape' | 'portrait';
  orientation: Orientation;
  /** `p3`: colours really converted to Display P3, as an iPhone stores them. */
  profile: 'none' | 'srgb' | 'p3';
  /** Local time, `YYYY:MM:DD hh:mm:ss`. */
  takenAt: string;
}

/** Long and short side of the finished photo: 12 megapixels. */
const FULL = { long: 4000, short: 3000 };
/** Scenes are painted at this size and enlarged; grain is added at full size, as on a real sensor. */
const PAINTED = { long: 1800, short: 1350 };

/** Paints the scene of a job and develops it: 8-bit RGB. */
export async function paintScene(
  job: { seed: string; scene: SceneName; light: LightName },
  width: number,
  height: number,
): Promise<Buffer> {
  const light = LIGHTS[job.light];
  const canvas = new Canvas(width, height);
  await SCENES[job.scene].paint(canvas, light, createRng(job.seed));
  return develop(canvas, light.finish);
}

/**
 * Takes a photo: a 12 MP JPEG with EXIF, whose pixels lie as the orientation says they do, so that a viewer
 * that honours it sees the scene upright.
 */
export async function renderPhoto(job: PhotoJob): Promise<Buffer> {
  const tall = job.upright === 'portrait';
  const [width, height] = tall ? [PAINTED.short, PAINTED.long] : [PAINTED.long, PAINTED.short];
  const painted = await paintScene(job, width, height);
  const stored = layPixels(sharp(painted, { raw: { width, height, channels: 3 } }), job.orientation);
  const turned = job.orientation >= 5;
  const [w, h] = tall !== turned ? [FULL.short, FULL.long] : [FULL.long, FULL.short];
  const { data } = await stored
    .resize(w, h, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rng = createRng(`${job.seed}/camera`);
  const { dark } = LIGHTS[job.light];
  addGrain(data, rng.int(1, 1e9), 5 + 7 * dark);
  let image = sharp(data, { raw: { width: w, height: h, channels: 3 } }).withExif(
    captureFacts(rng, job.takenAt, dark),
  );
  if (job.profile !== 'none') image = image.withIccProfile(job.profile);
  const jpeg = await image.jpeg({ quality: 86, chromaSubsampling: '4:2:0' }).toBuffer();
  return withOrientation(jpeg, job.orientation);
}

/**
 * Sets the orientation in a JPEG's EXIF, in place. sharp's own way to write one converts every picture to sRGB and
 * gives it that profile.
 */
export function withOrientation(jpeg: Buffer, orientation: Orientation): Buffer {
  const tiff = jpeg.indexOf('Exif\0\0', 0, 'latin1') + 6;
  const little = jpeg.toString('latin1', tiff, tiff + 2) === 'II';
  const u16 = (at: number) => (little ? jpeg.readUInt16LE(at) : jpeg.readUInt16BE(at));
  const directory = tiff + (little ? jpeg.readUInt32LE(tiff + 4) : jpeg.readUInt32BE(tiff + 4));
  for (let index = 0; index < u16(directory); index += 1) {
    const entry = directory + 2 + 12 * index;
    if (u16(entry) !== 0x0112) continue;
    if (little) jpeg.writeUInt16LE(orientation, entry + 8);
    else jpeg.writeUInt16BE(orientation, entry + 8);
    return jpeg;
  }
  throw new Error('the picture has no orientation to set');
}

/** Turns upright pixels into those that a camera held in this orientation stores. */
export function layPixels(image: Sharp, orientation: Orientation): Sharp {
  switch (orientation) {
    case 1:
      return image;
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    // sharp flips before it turns, so a transposition is a flip and a quarter turn.
    case 5:
      return image.flip().rotate(90);
    case 6:
      return image.rotate(270);
    case 7:
      return image.flip().rotate(270);
    case 8:
      return image.rotate(90);
  }
}
