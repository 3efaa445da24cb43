import { Controller, Get, HttpCode } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../accounts/access.js';
import { StorageService } from '../storage/storage.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
  ) {}

  /** The process runs. */
  @Get('live')
  @Access('anyone')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers, and files can be stored. Else 503, whose code says which. */
  @Get('ready')
  @HttpCode(200)
  @Access('anyone')
  async ready(): Promise<{ status: 'ok' }> {
    await this.dataSource.query('SELECT 1');
    await this.storage.check();
    return { status: 'ok' };
  }
}
