import type * as photos from '../../../src/cli/demo/photos.ts';
import type * as scenes from '../../../src/cli/demo/scenes/index.ts';

const built = (file: string) => new URL(`../../../dist/cli/demo/${file}`, import.meta.url).href;
const { renderPhoto } = (await import(built('photos.js'))) as typeof photos;
const { SCENE_NAMES, SCENES } = (await import(built('scenes/index.js'))) as typeof scenes;

/** A photo as the demo draws them: 12 megapixels, with EXIF; number n is always the same. */
export function drawPhoto(n: number): Promise<Buffer> {
  const scene = SCENE_NAMES[n % SCENE_NAMES.length];
  const { lights } = SCENES[scene];
  const job: photos.PhotoJob = {
    seed: `corridor-${n}`,
    scene,
    light: lights[n % lights.length],
    upright: n % 4 === 3 ? 'portrait' : 'landscape',
    orientation: ((n % 8) + 1) as photos.PhotoJob['orientation'],
    profile: n % 5 === 0 ? 'p3' : 'none',
    takenAt: `2026:08:${String(10 + n).padStart(2, '0')} 07:30:00`,
  };
  return renderPhoto(job);
}
