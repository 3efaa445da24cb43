import { Module } from '@nestjs/common';
import { ContestsModule } from '../../contests/contests.module.js';
import { BundleController } from './bundle.controller.js';
import { BundleService } from './bundle.service.js';

@Module({ imports: [ContestsModule], controllers: [BundleController], providers: [BundleService] })
export class BundleModule {}
