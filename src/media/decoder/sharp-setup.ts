import sharp, { type Sharp } from 'sharp';
import type { Turn } from './orientation.js';

/**
 * The one place that configures libvips; everything in a child imports sharp from here. Of its loaders only
 * these five may run: others (SVG, PDF, ImageMagick, GIF, …) are a stranger's way into code that photos never need.
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadTiff',
    'VipsForeignLoadHeif',
  ],
});

// One thread a child and one child a core: measured faster than threads within a picture, and no cache to grow.
sharp.concurrency(1);
sharp.cache(false);

/** What every stranger's picture is opened with. One frame (sharp's default); nothing doubtful is accepted. */
export const strict = { failOn: 'error', limitInputPixels: 120_000_000 } as const;

/** Uncompressed 8-bit pixels. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  /** 1 is grey, 3 is RGB. */
  channels: 1 | 3;
}

/** A pipeline that begins with pixels. */
export function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** Ends a pipeline with pixels. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 1 && channels !== 3) {
    throw new Error(`a picture of ${channels} channels is left after conversion`);
  }
  return { data, width, height, channels };
}

/** Adds a turn to a pipeline; last, because it needs the whole picture in memory. */
export function turned(pipeline: Sharp, { flip, flop, rotate }: Turn): Sharp {
  return pipeline.flip(flip).flop(flop).rotate(rotate);
}

export { sharp };
