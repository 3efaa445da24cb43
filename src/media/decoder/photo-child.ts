import { decodePhoto } from './photo-pixels.js';
import { reportPhoto } from './photo-report.js';
import { serveJobs } from './serve.js';

serveJobs(async (job) => reportPhoto(job, await decodePhoto(job.input)), 'MEDIA.UNREADABLE');
