import { readFile } from 'node:fs/promises';
import { DecodeError } from './errors.js';
import { openHeif } from './heic-libheif.js';
import { heicAsTiff, profileNamed } from './heic-tiff.js';
import { decodePhoto } from './photo-pixels.js';
import { reportPhoto } from './photo-report.js';
import { reportWhole } from './photo-whole.js';
import { serveJobs } from './serve.js';

/**
 * What sharp can open, and the profile that it won't find there. libheif has a decoder for HEVC, sharp one for AV1.
 * Which it is, sharp would tell by the file's brand only.
 */
async function readable(input: string): Promise<[string | Buffer, Buffer | null]> {
  const picture = openHeif(await readFile(input));
  switch (picture.codec) {
    case 'hevc':
      return [heicAsTiff(picture), null];
    case 'av1':
      return [input, profileNamed(picture)];
    case null:
      throw new DecodeError('MEDIA.HEIC_UNSUPPORTED', 'neither HEVC nor AV1');
  }
}

serveJobs(async (job) => {
  const photo = await readable(job.input);
  return job.whole ? reportWhole(job, ...photo) : reportPhoto(job, await decodePhoto(...photo));
}, 'MEDIA.UNREADABLE');
