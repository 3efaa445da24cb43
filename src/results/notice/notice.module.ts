import { Module } from '@nestjs/common';
import { NoticeSettingsService } from './notice-settings.service.js';

@Module({ providers: [NoticeSettingsService], exports: [NoticeSettingsService] })
export class NoticeModule {}
