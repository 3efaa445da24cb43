import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { MessagesService } from '../messages/messages.service.js';
import type { MessageParam } from '../messages/words.js';
import type { Move } from './arithmetic/promotion.js';
import type { Origin } from './content.js';
import { resultMessages } from './messages.js';
import { NoticeSettingsService } from './notice/notice-settings.service.js';
import type { Result } from './result.entity.js';

type Words = Record<'zh' | 'en', string>;

interface Told {
  id: string;
  accountId: string;
  title: string;
  number: string;
}

const noPrize: Words = { zh: '没有奖项', en: 'no prize' };
const erased: Words = { zh: '（理由已删除）', en: '(erased)' };
const moving: Record<Origin['by'], Words> = {
  promotion: { zh: '递补为', en: 'moves up' },
  revision: { zh: '改为', en: 'moves' },
};

/** Tells those who sent a work what a new version of a locked result made of its prize, and how to object. */
@Injectable()
export class PrizeMessages implements OnModuleInit {
  constructor(
    private readonly kinds: MessageKinds,
    private readonly messages: MessagesService,
    private readonly notices: NoticeSettingsService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.kinds.register(resultMessages.kinds);
  }

  /** In the transaction that puts the version in force: told and done are one, and once. */
  async tell(manager: EntityManager, { contestId, categoryId, content }: Result): Promise<void> {
    const { origin, tiers } = content;
    if (!origin) return;
    const out = new Set(origin.disqualified);
    const without = origin.disqualified.filter((id) => !origin.moves.some((move) => move.id === id));
    const moves = [...origin.moves, ...without.map((id): Move => ({ id, from: null, to: null }))];
    const works = await this.works(manager, moves);
    const names = await this.names(manager, categoryId);
    const words = await this.audit.wordsOf(manager, [origin.reasonHash]);
    const objecting = await this.objecting(manager, contestId);
    // From the highest down; nothing is below all of them.
    const height = (tier: string | null) =>
      -(tier === null ? tiers.length : tiers.findIndex(({ id }) => id === tier));
    for (const { id, from, to } of moves) {
      const { accountId, ...work } = works.get(id)!;
      const kind = out.has(id)
        ? 'RESULT.DISQUALIFIED'
        : height(to) > height(from)
          ? 'RESULT.PRIZE_MORE'
          : 'RESULT.PRIZE_LESS';
      const params: Record<string, MessageParam> = {
        ...{ title: work.title, number: work.number },
        from: names.get(from ?? '') ?? noPrize,
        to: names.get(to ?? '') ?? noPrize,
        ...(kind === 'RESULT.PRIZE_MORE'
          ? { by: moving[origin.by] }
          : { reason: words.get(origin.reasonHash) ?? erased, objecting }),
      };
      await this.messages.send(
        manager,
        { accountId, contestId, about: `work/${id}` },
        resultMessages.message(kind, params),
      );
    }
  }

  private async works(manager: EntityManager, moves: readonly Move[]): Promise<Map<string, Told>> {
    const rows = await manager.query<Told[]>(
      `SELECT id, account_id AS "accountId", title, COALESCE(number, '') AS number FROM submissions
        WHERE id = ANY($1)`,
      [moves.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async names(manager: EntityManager, categoryId: string): Promise<Map<string, string>> {
    const rows = await manager.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM prize_tiers WHERE category_id = $1',
      [categoryId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Whom the notice names; who has published none yet may have set nobody. */
  private async objecting(manager: EntityManager, contestId: string): Promise<Words> {
    const { contact, phone } = await this.notices.of(contestId, manager);
    return {
      zh: `如有异议：新名单会重新公示，公示期内可在公示页实名提交，也可以联系${contact && phone ? `${contact}，电话 ${phone}` : '主办方'}。`,
      en: `To object: the new list will stand as a public notice, and objections are taken on its page under your real name; or turn to ${contact && phone ? `${contact}, telephone ${phone}` : 'the organiser'}.`,
    };
  }
}
