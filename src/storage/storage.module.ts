import { Global, Module } from '@nestjs/common';
import { SpoolSweeper } from './spool-sweeper.js';
import { StorageService } from './storage.service.js';

@Global()
@Module({ providers: [StorageService, SpoolSweeper], exports: [StorageService] })
export class StorageModule {}
