import { Global, Module } from '@nestjs/common';
import { JobRegistry } from './jobs.js';
import { QueueService } from './queue.service.js';

@Global()
@Module({ providers: [JobRegistry, QueueService], exports: [JobRegistry, QueueService] })
export class QueueModule {}
