import { Module } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import { Decoder } from './decoder/decoder.js';
import { FailedFiles } from './failed-files.js';
import { MediaSweeper } from './media-sweeper.js';
import { MediaWorker } from './media-worker.js';
import { NearDuplicates } from './near-duplicates.service.js';
import { StorageSweeper } from './storage-sweeper.js';
import { WholeSizeSweeper } from './whole-size-sweeper.js';
import { WholeSizeWorker } from './whole-size-worker.js';

/** The craft on files, for processes that do jobs; in a file of its own, so that they needn't load the routes. */
@Module({
  providers: [
    { provide: Decoder, useFactory: () => new Decoder({ slots: availableParallelism() }) },
    MediaWorker,
    MediaSweeper,
    WholeSizeWorker,
    WholeSizeSweeper,
    StorageSweeper,
    NearDuplicates,
    FailedFiles,
  ],
  exports: [MediaSweeper, StorageSweeper, FailedFiles],
})
export class MediaWorkerModule {}
