import { writeFile } from 'node:fs/promises';
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import sharp from 'sharp';
import { renderPhoto } from './photos.js';
import type { StudioAnswer, StudioOrder } from './studio.js';
import { renderVideo } from './videos.js';

// One order at a time and one thread for it: the studio runs as many painters as there are cores.
sharp.concurrency(1);
sharp.cache(false);
Log.setLevel(AV_LOG_ERROR);

async function work({ job, path }: StudioOrder): Promise<StudioAnswer> {
  try {
    if (job.kind === 'photo') await writeFile(path, await renderPhoto(job.photo));
    else await renderVideo(job.video, path);
    return {};
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (order: StudioOrder) => {
  void work(order).then((answer) => process.send?.(answer));
});
// The customer is gone: nobody waits for the picture.
process.on('disconnect', () => process.exit(0));
