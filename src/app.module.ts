import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ZodSerializerInterceptor, ZodValidationPipe } from 'nestjs-zod';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { ProblemFilter } from './common/problem.filter.js';
import { RuntimeModule, type Runtime } from './config/runtime.js';
import { ContestsModule } from './contests/contests.module.js';
import { DatabaseModule } from './database/database.module.js';
import { BundleModule } from './exports/bundle/bundle.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { HealthModule } from './health/health.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { MediaModule } from './media/media.module.js';
import { MailModule, MessagesModule } from './messages/messages.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { QueueModule } from './queue/queue.module.js';
import { ResultsModule } from './results/results.module.js';
import { ScreeningModule } from './screening/screening.module.js';
import { StorageModule } from './storage/storage.module.js';
import { SubmissionsModule } from './submissions/submissions.module.js';
import { WinnersModule } from './winners/winners.module.js';
import { workerModules } from './worker.module.js';

/** The process that answers HTTP; with `role: all` it does the jobs too. */
@Module({})
export class AppModule {
  static for(runtime: Runtime): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RuntimeModule.for(runtime),
        DatabaseModule,
        QueueModule,
        StorageModule,
        AuditModule,
        MessagesModule,
        MailModule,
        AccountsModule,
        ContestsModule,
        MediaModule,
        SubmissionsModule,
        ScreeningModule,
        JudgingModule,
        ResultsModule,
        WinnersModule,
        ExportsModule,
        BundleModule,
        PrivacyModule,
        HealthModule,
        ...(runtime.env.role === 'all' ? workerModules : []),
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: ZodValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
      ],
    };
  }
}
