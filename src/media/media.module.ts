import { Module } from '@nestjs/common';
import { FailedFiles } from './failed-files.js';
import { FileSender } from './file-sender.js';
import { MediaController } from './media.controller.js';
import { MediaLinksService } from './media-links.service.js';
import { MediaSweeper } from './media-sweeper.js';
import { MediaService } from './media.service.js';
import { StorageSweeper } from './storage-sweeper.js';
import { NearDuplicates } from './near-duplicates.service.js';
import { MediaWorker } from './media-worker.js';

/** Files as the API needs them. */
@Module({
  controllers: [MediaController],
  providers: [MediaService, MediaLinksService, FileSender, NearDuplicates],
  exports: [MediaService, MediaLinksService],
})
export class MediaModule {}

/** The craft on files, for processes that do jobs. */
@Module({
  providers: [MediaWorker, MediaSweeper, StorageSweeper, NearDuplicates, FailedFiles],
  exports: [MediaSweeper, StorageSweeper, FailedFiles],
})
export class MediaWorkerModule {}
