import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { RuntimeModule, type Runtime } from './config/runtime.js';
import { DatabaseModule } from './database/database.module.js';
import { JudgingWorkerModule } from './judging/judging-worker.module.js';
import { MediaWorkerModule } from './media/media-worker.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { QueueModule } from './queue/queue.module.js';
import { StorageModule } from './storage/storage.module.js';
import { SubmissionsWorkerModule } from './submissions/submissions-worker.module.js';

/** What is done with files, works and rounds by itself, wherever it runs. */
export const workerModules = [MediaWorkerModule, SubmissionsWorkerModule, JudgingWorkerModule];

/** A process that only does jobs. */
@Module({})
export class WorkerModule {
  static for(runtime: Runtime): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        RuntimeModule.for(runtime),
        DatabaseModule,
        QueueModule,
        StorageModule,
        AuditModule,
        MessagesModule,
        ...workerModules,
      ],
    };
  }
}
