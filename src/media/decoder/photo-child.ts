import { decodePhoto } from './photo-pixels.js';
import { cameraFacts } from './facts.js';
import type { DecodeJob, PhotoReport } from './messages.js';
import { Output } from './output.js';
import { writeLarge, writeSmall } from './pictures.js';
import { serveJobs } from './serve.js';

async function decode(job: DecodeJob): Promise<PhotoReport> {
  const { width, height, pixels } = await decodePhoto(job.input, job.mime);
  const output = new Output(job);
  try {
    const preview = await writeLarge(pixels, 'preview', output);
    const { renditions, placeholder, fingerprint } = await writeSmall(pixels, output);
    const facts = await cameraFacts(job.input, job.mime);
    await output.commit();
    return { width, height, placeholder, renditions: [preview, ...renditions], facts, fingerprint };
  } catch (error) {
    await output.discard();
    throw error;
  }
}

serveJobs(decode, 'MEDIA.UNREADABLE');
