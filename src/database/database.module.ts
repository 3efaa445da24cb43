import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Runtime } from '../config/runtime.js';
import { dataSourceOptions } from './data-source.js';
import { NewsService } from './news.service.js';

/** A database that doesn't answer must not leave a request hanging. Milliseconds. */
const patience = {
  connectionTimeoutMillis: 10_000,
  query_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
};

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Runtime],
      useFactory: (runtime: Runtime) => dataSourceOptions(runtime.databaseUrl, patience),
    }),
  ],
  providers: [NewsService],
  exports: [NewsService],
})
export class DatabaseModule {}
