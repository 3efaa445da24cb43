import { heicAsTiff } from './heic-tiff.js';
import { decodePhoto, type DecodedPhoto } from './photo-pixels.js';
import { reportPhoto } from './photo-report.js';
import { serveJobs } from './serve.js';
import { sharp, strict } from './sharp-setup.js';

/** HEVC goes through libheif; sharp has a decoder for AV1 only, but reads the header of both. */
async function decodeHeif(input: string): Promise<DecodedPhoto> {
  const head = await sharp(input, strict)
    .metadata()
    .catch(() => null);
  const known = head !== null && head.compression !== 'hevc';
  return decodePhoto(known ? input : await heicAsTiff(input));
}

serveJobs(async (job) => reportPhoto(job, await decodeHeif(job.input)), 'MEDIA.UNREADABLE');
