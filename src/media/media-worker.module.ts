import { Module } from '@nestjs/common';
import { FailedFiles } from './failed-files.js';
import { MediaSweeper } from './media-sweeper.js';
import { MediaWorker } from './media-worker.js';
import { NearDuplicates } from './near-duplicates.service.js';
import { StorageSweeper } from './storage-sweeper.js';

/** The craft on files, for processes that do jobs; in a file of its own, so that they needn't load the routes. */
@Module({
  providers: [MediaWorker, MediaSweeper, StorageSweeper, NearDuplicates, FailedFiles],
  exports: [MediaSweeper, StorageSweeper, FailedFiles],
})
export class MediaWorkerModule {}
