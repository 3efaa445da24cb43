import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import type { Problem } from '../../common/problem.js';
import type { Contest } from '../../contests/contest.entity.js';
import { AwardedService } from '../awarded/awarded.service.js';
import { noticeProblem } from './errors.js';
import { NoticeSettings } from './notice-settings.entity.js';
import { NoticeSettingsService } from './notice-settings.service.js';
import { Notice, type NoticeContent } from './notice.entity.js';
import { dayIn, endOf, lastOf, nextDay } from './working-days.js';

/** The notice in its versions: what is published, until when, and whether payments still wait for it. */
@Injectable()
export class NoticesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly awarded: AwardedService,
    private readonly settings: NoticeSettingsService,
    private readonly audit: AuditService,
  ) {}

  /** The latest first; empty where nothing was published. */
  versions(contestId: string, manager: EntityManager = this.dataSource.manager): Promise<Notice[]> {
    return manager.find(Notice, { where: { contestId }, order: { version: 'DESC' } });
  }

  async latest(contestId: string, manager: EntityManager = this.dataSource.manager): Promise<Notice | null> {
    return manager.findOne(Notice, { where: { contestId }, order: { version: 'DESC' } });
  }

  /**
   * Publishes the results as they stand: the first version, or one that takes the place of the last, with a reason and
   * a period of its own.
   * @param dry gives the version as it would be, and keeps nothing
   */
  async publish(person: Person, contest: Contest, reason: string, dry: boolean): Promise<Notice> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM contests WHERE id = $1 FOR NO KEY UPDATE', [contest.id]);
      const previous = await this.latest(contest.id, manager);
      const settings = await this.settings.of(contest.id, manager);
      const notice = await this.draft(manager, contest, settings, (previous?.version ?? 0) + 1);
      if (previous && sameResults(previous.content, notice.content)) throw noticeProblem('NOTICE.UNCHANGED');
      notice.reason = previous ? reason : '';
      notice.publishedBy = person.account.id;
      if (dry) return notice;
      if (!settings.contact || !settings.phone) throw noticeProblem('NOTICE.CONTACT_MISSING');
      if (previous && reason === '') throw noticeProblem('NOTICE.REASON_NEEDED');
      await this.audit.append(manager, {
        contestId: contest.id,
        actorId: person.account.id,
        action: 'notice.published',
        facts: {
          notice: notice.id,
          version: notice.version,
          results: notice.content.results.map(({ resultId, hash }) => ({ result: resultId, hash })),
          lastDay: notice.lastDay,
        },
        text: notice.reason,
      });
      const [{ head }] = await manager.query<[{ head: string }]>(
        'SELECT head FROM audit_heads WHERE contest_id = $1',
        [contest.id],
      );
      notice.auditHead = head;
      await manager.insert(Notice, notice);
      return notice;
    });
  }

  /** Whether the results are no longer those that a version says. */
  async isOutdated({ contestId, content }: Notice): Promise<boolean> {
    return !sameResults(content, await this.resultsNow(this.dataSource.manager, contestId));
  }

  /** What payments still wait for: a notice of the results as they stand, its period, answers to objections; null for nothing. */
  async holds(contestId: string): Promise<Problem | null> {
    const notice = await this.latest(contestId);
    // Published is only what is locked, and that never becomes unlocked.
    if (!notice) return noticeProblem('PAYMENT.NOTICE_MISSING');
    if (await this.isOutdated(notice)) return noticeProblem('PAYMENT.NOTICE_OUTDATED');
    const [{ over, unanswered }] = await this.dataSource.query<[{ over: boolean; unanswered: number }]>(
      `SELECT $2::timestamptz <= dingge_now() AS over,
              (SELECT count(*)::int FROM objections WHERE contest_id = $1 AND answered_at IS NULL AND purged_at IS NULL) AS unanswered`,
      [contestId, notice.closesAt],
    );
    if (!over) return noticeProblem('PAYMENT.NOTICE_OPEN', { day: notice.lastDay });
    return unanswered > 0 ? noticeProblem('PAYMENT.OBJECTIONS_OPEN', { count: unanswered }) : null;
  }

  /** @throws what {@link holds} says */
  async requireSettled(contestId: string): Promise<void> {
    const held = await this.holds(contestId);
    if (held) throw held;
  }

  private async draft(
    manager: EntityManager,
    contest: Contest,
    settings: NoticeSettings,
    version: number,
  ): Promise<Notice> {
    const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
    const publishedOn = dayIn(contest.timeZone, now);
    const lastDay = periodEnd(publishedOn, settings);
    const { issuer, contact, phone, email, workingDays } = settings;
    return manager.create(Notice, {
      id: randomUUID(),
      contestId: contest.id,
      version,
      content: {
        ...(await this.resultsNow(manager, contest.id)),
        issuer: issuer || `${contest.title}组委会`,
        contact,
        phone,
        email,
        workingDays,
        calendarKnown: knowsYears(settings, publishedOn, lastDay),
      },
      publishedAt: now,
      publishedOn,
      lastDay,
      closesAt: endOf(lastDay, contest.timeZone),
      auditHead: '',
    });
  }

  private async resultsNow(
    manager: EntityManager,
    contestId: string,
  ): Promise<Pick<NoticeContent, 'results' | 'awards'>> {
    const locks = await this.awarded.locks(contestId, manager);
    const awards = await this.awarded.list(contestId, manager);
    return {
      results: locks.map(({ categoryId, resultId, hash }) => ({ categoryId, resultId, hash })),
      awards: awards.map(({ submissionId, tierId }) => ({ submissionId, tierId })),
    };
  }
}

type Said = Pick<NoticeContent, 'results' | 'awards'>;

function sameResults(one: Said, other: Said): boolean {
  const said = ({ results, awards }: Said) =>
    JSON.stringify([
      results.map(({ resultId, hash }) => [resultId, hash]),
      awards.map(({ submissionId, tierId }) => [submissionId, tierId]),
    ]);
  return said(one) === said(other);
}

function periodEnd(publishedOn: string, settings: NoticeSettings): string {
  try {
    return lastOf(publishedOn, settings.workingDays, settings);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw noticeProblem('NOTICE.PERIOD_TOO_LONG', { days: settings.workingDays });
  }
}

/** Whether any day off is set in each year that the period is counted in. */
function knowsYears({ daysOff }: NoticeSettings, publishedOn: string, lastDay: string): boolean {
  const years = [nextDay(publishedOn), lastDay].map((day) => day.slice(0, 4));
  return years.every((year) => daysOff.some((day) => day.startsWith(year)));
}
