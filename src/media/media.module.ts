import { Module } from '@nestjs/common';
import { BetterOriginals } from './better-originals.service.js';
import { FileChecksService } from './file-checks.service.js';
import { FileSender } from './file-sender.js';
import { MediaController } from './media.controller.js';
import { MediaLinksService } from './media-links.service.js';
import { MediaService } from './media.service.js';
import { NearDuplicates } from './near-duplicates.service.js';
import { WholeSizes } from './whole-sizes.service.js';

/** Files as the API needs them. */
@Module({
  controllers: [MediaController],
  providers: [
    BetterOriginals,
    FileChecksService,
    MediaService,
    MediaLinksService,
    FileSender,
    NearDuplicates,
    WholeSizes,
  ],
  exports: [BetterOriginals, FileChecksService, MediaService, MediaLinksService],
})
export class MediaModule {}
