import { join } from 'node:path';
import type { DecodeJob, photoRenditionNames, videoRenditionNames, wholeSizeNames } from './messages.js';

export type RenditionName =
  | (typeof photoRenditionNames)[number]
  | (typeof videoRenditionNames)[number]
  | (typeof wholeSizeNames)[number];

const extensions: Record<RenditionName, string> = {
  preview: 'jpg',
  full: 'jpg',
  poster: 'jpg',
  thumb: 'webp',
  small: 'jpg',
  play: 'mp4',
};

/** Where a job's rendition lies when it is whole. */
export function renditionFile(job: Pick<DecodeJob, 'outDir' | 'stem'>, name: RenditionName): string {
  return join(job.outDir, `${job.stem}-${name}.${extensions[name]}`);
}

/** Its name while it is being written: known beforehand, so that it can be swept after a kill. */
export const partName = (file: string): string => `${file}.part`;
