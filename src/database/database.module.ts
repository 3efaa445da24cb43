import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Runtime } from '../config/runtime.js';
import { dataSourceOptions } from './data-source.js';
import { NewsService } from './news.service.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Runtime],
      useFactory: (runtime: Runtime) => dataSourceOptions(runtime.databaseUrl),
    }),
  ],
  providers: [NewsService],
  exports: [NewsService],
})
export class DatabaseModule {}
