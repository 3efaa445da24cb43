import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { DeletionController } from './deletion.controller.js';
import { DeletionService } from './deletion.service.js';
import { ErasureSweeper } from './erasure-sweeper.js';

@Module({
  imports: [MediaModule],
  controllers: [DeletionController],
  providers: [DeletionService, ErasureSweeper],
})
export class PrivacyModule {}
