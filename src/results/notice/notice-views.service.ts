import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Contest } from '../../contests/contest.entity.js';
import { changesBetween } from './changes.js';
import type { NoticeView } from './notice-dto.js';
import { noticeNames } from './notice-names.js';
import { NoticeSettingsService } from './notice-settings.service.js';
import type { Notice } from './notice.entity.js';
import { dayIn, leftOf } from './working-days.js';

/** A notice as everybody reads it: names masked, and what each version changed. */
@Injectable()
export class NoticeViewsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly settings: NoticeSettingsService,
  ) {}

  /** @param versions the latest first; the first of them is shown */
  async view(contest: Contest, versions: Notice[]): Promise<NoticeView> {
    const [notice] = versions;
    const { content } = notice;
    const manager = this.dataSource.manager;
    const names = await noticeNames(
      manager,
      versions.flatMap((each) => each.content.awards),
    );
    const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
    const over = notice.closesAt <= now;
    const calendar = await this.settings.of(contest.id);
    const today = dayIn(contest.timeZone, now);
    return {
      contest: { slug: contest.slug, title: contest.title, timeZone: contest.timeZone },
      version: notice.version,
      state: over ? 'closed' : 'open',
      publishedAt: notice.publishedAt.toISOString(),
      publishedOn: notice.publishedOn,
      lastDay: notice.lastDay,
      closesAt: notice.closesAt.toISOString(),
      workingDays: content.workingDays,
      daysLeft: over ? 0 : leftOf(today, notice.publishedOn, notice.lastDay, calendar),
      calendarKnown: content.calendarKnown,
      issuer: content.issuer,
      contact: content.contact,
      phone: content.phone,
      email: content.email,
      awards: content.awards.length,
      categories: await this.categories(content, names),
      auditHead: notice.auditHead,
      objections: await this.objections(contest.id),
      versions: versions.map((each, index) => ({
        version: each.version,
        publishedAt: each.publishedAt.toISOString(),
        lastDay: each.lastDay,
        reason: each.reason,
        changes: changesOf(each, versions[index + 1], names),
      })),
    };
  }

  private async categories({ results, awards }: Notice['content'], names: Names) {
    const ids = results.map(({ categoryId }) => categoryId);
    const rows = await this.dataSource.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM categories WHERE id = ANY($1)',
      [ids],
    );
    const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
    return results.map(({ categoryId, hash }) => {
      const own = awards.filter(({ submissionId }) => names.work(submissionId).categoryId === categoryId);
      const tiers = Map.groupBy(own, ({ tierId }) => tierId);
      return {
        name: nameOf.get(categoryId) ?? '',
        hash,
        tiers: [...tiers].map(([tierId, placed]) => ({
          name: names.tier(tierId),
          awards: placed.map(({ submissionId }) => {
            const { number, title, name } = names.work(submissionId);
            return { number, title, name };
          }),
        })),
      };
    });
  }

  private async objections(contestId: string): Promise<NoticeView['objections']> {
    const rows = await this.dataSource.query<
      { number: number; answer: string; shown: boolean; answeredAt: Date | null }[]
    >(
      `SELECT number, answer, answer_public AS shown, answered_at AS "answeredAt"
         FROM objections WHERE contest_id = $1 ORDER BY number`,
      [contestId],
    );
    return {
      received: rows.length,
      answered: rows.filter(({ answeredAt }) => answeredAt !== null).length,
      public: rows.flatMap(({ number, answer, shown, answeredAt }) =>
        shown && answeredAt ? [{ number, answer, answeredAt: answeredAt.toISOString() }] : [],
      ),
    };
  }
}

type Names = Awaited<ReturnType<typeof noticeNames>>;

function changesOf(notice: Notice, before: Notice | undefined, names: Names) {
  if (!before) return [];
  return changesBetween(before.content.awards, notice.content.awards).map(
    ({ kind, submissionId, from, to }) => {
      const { number, title, name, category } = names.work(submissionId);
      return {
        kind,
        number,
        title,
        name,
        category,
        from: from && names.tier(from),
        to: to && names.tier(to),
      };
    },
  );
}
