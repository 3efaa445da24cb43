import { readFile } from 'node:fs/promises';
import { DecodeError } from './errors.js';
import { openHeif } from './heic-libheif.js';
import { heicAsTiff, profileNamed } from './heic-tiff.js';
import { decodePhoto, type DecodedPhoto } from './photo-pixels.js';
import { reportPhoto } from './photo-report.js';
import { serveJobs } from './serve.js';

/** libheif has a decoder for HEVC, sharp one for AV1. Which it is, sharp would tell by the file's brand only. */
async function decodeHeif(input: string): Promise<DecodedPhoto> {
  const picture = openHeif(await readFile(input));
  switch (picture.codec) {
    case 'hevc':
      return decodePhoto(heicAsTiff(picture));
    case 'av1':
      return decodePhoto(input, profileNamed(picture));
    case null:
      throw new DecodeError('MEDIA.HEIC_UNSUPPORTED', 'neither HEVC nor AV1');
  }
}

serveJobs(async (job) => reportPhoto(job, await decodeHeif(job.input)), 'MEDIA.UNREADABLE');
