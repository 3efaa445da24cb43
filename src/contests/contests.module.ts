import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { ContestsController } from './contests.controller.js';
import { ContestsService } from './contests.service.js';
import { PrintsController } from './print/prints.controller.js';
import { PrintsService } from './print/prints.service.js';

@Module({
  imports: [DocumentsModule],
  controllers: [ContestsController, PrintsController],
  providers: [ContestsService, PrintsService],
  exports: [ContestsService, PrintsService],
})
export class ContestsModule {}
