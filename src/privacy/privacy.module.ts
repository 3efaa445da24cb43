import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { WinnersModule } from '../winners/winners.module.js';
import { DeletionController } from './deletion.controller.js';
import { DeletionService } from './deletion.service.js';
import { ExportController } from './export.controller.js';
import { ExportService } from './export.service.js';
import { ErasureSweeper } from './erasure-sweeper.js';

@Module({
  imports: [MediaModule, WinnersModule],
  controllers: [DeletionController, ExportController],
  providers: [DeletionService, ExportService, ErasureSweeper],
})
export class PrivacyModule {}
