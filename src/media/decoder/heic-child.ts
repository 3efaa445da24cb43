import { heicAsTiff, heifProfile } from './heic-tiff.js';
import { decodePhoto, type DecodedPhoto } from './photo-pixels.js';
import { reportPhoto } from './photo-report.js';
import { serveJobs } from './serve.js';
import { sharp, strict } from './sharp-setup.js';

/** HEVC goes through libheif. sharp reads the headers of both, but has a decoder for AV1 only. */
async function decodeHeif(input: string): Promise<DecodedPhoto> {
  const head = await sharp(input, strict)
    .metadata()
    .catch(() => null);
  if (!head || head.compression === 'hevc') return decodePhoto(await heicAsTiff(input));
  return decodePhoto(input, head.icc ? null : await heifProfile(input));
}

serveJobs(async (job) => reportPhoto(job, await decodeHeif(job.input)), 'MEDIA.UNREADABLE');
