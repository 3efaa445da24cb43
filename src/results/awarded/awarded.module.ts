import { Module } from '@nestjs/common';
import { AwardedService } from './awarded.service.js';

/** A module of its own: it needs nothing of the house but its tables. */
@Module({ providers: [AwardedService], exports: [AwardedService] })
export class AwardedModule {}
