import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import type { Contest } from '../../contests/contest.entity.js';
import { NoticeSettings } from './notice-settings.entity.js';

/** What a contest's papers say beside its results; the defaults until somebody has set them. */
@Injectable()
export class NoticeSettingsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  async of(contestId: string, manager: EntityManager = this.dataSource.manager): Promise<NoticeSettings> {
    const kept = await manager.findOneBy(NoticeSettings, { contestId });
    return kept ?? manager.create(NoticeSettings, { contestId, ...defaults });
  }

  /** Who signs: as set, else the contest's own committee. */
  async issuer({ id, title }: Pick<Contest, 'id' | 'title'>): Promise<string> {
    return (await this.of(id)).issuer || `${title}组委会`;
  }

  async change(
    person: Person,
    contestId: string,
    settings: Omit<NoticeSettings, 'contestId'>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.upsert(NoticeSettings, { contestId, ...settings }, ['contestId']);
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'notice.settings_changed',
        facts: {
          workingDays: settings.workingDays,
          daysOff: settings.daysOff,
          extraWorkDays: settings.extraWorkDays,
        },
        text: [settings.issuer, settings.contact, settings.phone, settings.email].join('\n'),
      });
    });
  }
}

const defaults: Omit<NoticeSettings, 'contestId'> = {
  issuer: '',
  contact: '',
  phone: '',
  email: '',
  workingDays: 5,
  daysOff: [],
  extraWorkDays: [],
};
