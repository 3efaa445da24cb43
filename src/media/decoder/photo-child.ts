import { decodePhoto } from './photo-pixels.js';
import { reportPhoto } from './photo-report.js';
import { reportWhole } from './photo-whole.js';
import { serveJobs } from './serve.js';

serveJobs(
  async (job) =>
    job.whole ? reportWhole(job, job.input, null) : reportPhoto(job, await decodePhoto(job.input)),
  'MEDIA.UNREADABLE',
);
