import { readFacts } from './facts/index.js';
import type { DecodeJob, PhotoReport } from './messages.js';
import { Output } from './output.js';
import type { DecodedPhoto } from './photo-pixels.js';
import { writeLarge, writeSmall } from './pictures.js';

/** Writes a decoded photo's renditions, and reports on them and on what the camera said. */
export async function reportPhoto(job: DecodeJob, photo: DecodedPhoto): Promise<PhotoReport> {
  const { width, height, pixels } = photo;
  const output = new Output(job);
  try {
    const preview = await writeLarge(pixels, 'preview', output);
    const { renditions, placeholder, fingerprint } = await writeSmall(pixels, output);
    const facts = readFacts(job.input, job.mime);
    await output.commit();
    return { width, height, placeholder, renditions: [preview, ...renditions], facts, fingerprint };
  } catch (error) {
    await output.discard();
    throw error;
  }
}
