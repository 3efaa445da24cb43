import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes, randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { holds, type Person } from '../../accounts/access.js';
import { isUniqueViolation } from '../../accounts/accounts.service.js';
import { hashToken } from '../../accounts/sessions.service.js';
import { isOwnMachine, ThrottleService } from '../../accounts/throttle.service.js';
import { AuditService } from '../../audit/audit.service.js';
import { Runtime } from '../../config/runtime.js';
import type { Contest } from '../../contests/contest.entity.js';
import { MessageKinds } from '../../messages/message-kinds.js';
import { MessagesService } from '../../messages/messages.service.js';
import { StorageService } from '../../storage/storage.service.js';
import { noticeProblem } from './errors.js';
import { noticeMessages } from './messages.js';
import type { ObjectionFields } from './notice-dto.js';
import type { Notice } from './notice.entity.js';
import { NoticesService } from './notices.service.js';
import type { Attachment } from './objection-door.js';
import { ObjectionTickets, waitSeconds } from './objection-tickets.js';
import { keptDays, Objection, ObjectionFile, objectionFileKey } from './objection.entity.js';

/** In a day: from one address, behind which a whole village may be, and to one notice. */
const most = { address: 20, notice: 500 };

/** Objections to a notice as they come in from anybody, and are answered. */
@Injectable()
export class ObjectionsService {
  private readonly tickets: ObjectionTickets;

  constructor(
    runtime: Runtime,
    kinds: MessageKinds,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly notices: NoticesService,
    private readonly storage: StorageService,
    private readonly audit: AuditService,
    private readonly messages: MessagesService,
    private readonly throttle: ThrottleService,
  ) {
    this.tickets = new ObjectionTickets(runtime.secrets.sessionSecret);
    kinds.register(noticeMessages.kinds);
  }

  /** What the form is sent with. */
  async ticket(contestId: string): Promise<{ ticket: string; waitSeconds: number }> {
    const { notice, now } = await this.openNotice(this.dataSource.manager, contestId);
    return { ticket: this.tickets.issue(notice.id, now), waitSeconds };
  }

  /** Before a byte of the body is read: refuses one that comes too late, or too often. */
  async requireRoom(contestId: string, address: string): Promise<void> {
    const { notice } = await this.openNotice(this.dataSource.manager, contestId);
    await this.requireWithinLimits(this.dataSource.manager, notice.id, address);
  }

  /**
   * Takes an objection in. Rows of its files are committed before the files go into storage, so that what a killed
   * process leaves there has a row by which the sweeper finds it.
   */
  async receive(
    contest: Contest,
    fields: ObjectionFields,
    files: Attachment[],
    from: { address: string; accountId: string | null },
  ): Promise<{ number: number; token: string }> {
    const id = randomUUID();
    const token = randomBytes(18).toString('base64url');
    await this.requireGoodTicket(this.dataSource.manager, contest.id, fields.ticket);
    const rows = await this.store(id, files);
    try {
      const number = await this.dataSource.transaction(async (manager) => {
        await manager.query('SELECT FROM contests WHERE id = $1 FOR NO KEY UPDATE', [contest.id]);
        const notice = await this.requireGoodTicket(manager, contest.id, fields.ticket);
        await this.requireWithinLimits(manager, notice.id, from.address);
        const drawn = await this.insert(manager, { id, contest, notice, fields, token, from });
        await this.audit.append(manager, {
          contestId: contest.id,
          actorId: null,
          action: 'objection.received',
          facts: { objection: id, notice: notice.id, number: drawn, files: rows.length },
        });
        await this.tellOrganisers(manager, contest, drawn);
        return drawn;
      });
      return { number, token };
    } catch (error) {
      await this.discard(rows);
      // The same form twice: the first of them was taken.
      throw isUniqueViolation(error) ? noticeProblem('NOTICE.TICKET_STALE') : error;
    }
  }

  /** One's own, by the token that was given for it. */
  async own(token: string, address: string): Promise<Objection & { files: number }> {
    await this.throttle.refuseGuesser('objection', address);
    const found = await this.dataSource.manager.findOneBy(Objection, { tokenHash: hashToken(token) });
    if (!found) {
      await this.throttle.countGuess('objection', address);
      throw noticeProblem('NOTICE.OBJECTION_NOT_FOUND');
    }
    const files = await this.dataSource.manager.countBy(ObjectionFile, { objectionId: found.id });
    return { ...found, files };
  }

  async answer(person: Person, id: string, answer: string, isPublic: boolean): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const objection = await manager.findOne(Objection, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!objection || !holds(person, 'organiser', objection.contestId)) {
        throw noticeProblem('NOTICE.OBJECTION_NOT_FOUND');
      }
      if (objection.purgedAt) throw noticeProblem('NOTICE.OBJECTION_PURGED');
      await manager.query(
        `UPDATE objections
            SET answer = $2, answer_public = $3, answered_at = dingge_now(), answered_by = $4,
                purge_at = dingge_now() + make_interval(days => $5)
          WHERE id = $1`,
        [id, answer, isPublic, person.account.id, keptDays.answered],
      );
      await this.audit.append(manager, {
        contestId: objection.contestId,
        actorId: person.account.id,
        action: 'objection.answered',
        facts: { objection: id, public: isPublic, again: objection.answeredAt !== null },
        text: answer,
      });
    });
  }

  private async insert(
    manager: EntityManager,
    given: {
      id: string;
      contest: Contest;
      notice: Notice;
      fields: ObjectionFields;
      token: string;
      from: { address: string; accountId: string | null };
    },
  ): Promise<number> {
    const { id, contest, notice, fields, token, from } = given;
    const submissionId = await this.workOf(manager, contest.id, fields.work);
    const [{ number, now, purgeAt }] = await manager.query<[{ number: number; now: Date; purgeAt: Date }]>(
      `SELECT number, now, now + make_interval(days => $2) AS "purgeAt"
         FROM (SELECT COALESCE(max(number), 0) + 1 AS number, dingge_now() AS now FROM objections
                WHERE contest_id = $1) AS next`,
      [contest.id, keptDays.unanswered],
    );
    // Whoever gives the account up meanwhile has written it, and no account is named.
    const [living] = await manager.query<{ id: string }[]>(
      'SELECT id FROM accounts WHERE id = $1 AND erased_at IS NULL FOR SHARE',
      [from.accountId],
    );
    await manager.insert(Objection, {
      ...{ id, contestId: contest.id, noticeId: notice.id, number, submissionId, receivedAt: now },
      ...{ purgeAt, accountId: living?.id ?? null },
      name: fields.name,
      phone: fields.phone,
      text: fields.text,
      tokenHash: hashToken(token),
      ticketHash: hashToken(fields.ticket),
      addressHash: this.tickets.addressHash(from.address),
    });
    return number;
  }

  /**
   * Only works of the notice can be objected to, or of an earlier version, since one may have lost its prize: a number
   * that was never there tells nothing of other works.
   */
  private async workOf(manager: EntityManager, contestId: string, number: string): Promise<string | null> {
    if (number === '') return null;
    const [work] = await manager.query<{ id: string }[]>(
      `SELECT s.id FROM submissions s
        WHERE s.contest_id = $1 AND upper(s.number) = upper($2)
          AND EXISTS (SELECT FROM notices n, jsonb_array_elements(n.content->'awards') AS a
                       WHERE n.contest_id = $1 AND a->>'submissionId' = s.id::text)`,
      [contestId, number],
    );
    if (!work) throw noticeProblem('NOTICE.UNKNOWN_WORK', { number });
    return work.id;
  }

  private async openNotice(
    manager: EntityManager,
    contestId: string,
  ): Promise<{ notice: Notice; now: Date }> {
    const notice = await this.notices.latest(contestId, manager);
    if (!notice) throw noticeProblem('NOTICE.NONE');
    const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
    if (notice.closesAt <= now) throw noticeProblem('NOTICE.CLOSED');
    return { notice, now };
  }

  private async requireGoodTicket(
    manager: EntityManager,
    contestId: string,
    ticket: string,
  ): Promise<Notice> {
    const { notice, now } = await this.openNotice(manager, contestId);
    const checked = this.tickets.check(ticket, notice.id, now);
    if (checked.state === 'stale') throw noticeProblem('NOTICE.TICKET_STALE');
    if (checked.state === 'early') {
      const { seconds } = checked;
      throw noticeProblem('NOTICE.TOO_FAST', { seconds }, { headers: { 'Retry-After': String(seconds) } });
    }
    return notice;
  }

  private async requireWithinLimits(
    manager: EntityManager,
    noticeId: string,
    address: string,
  ): Promise<void> {
    const [{ own, all }] = await manager.query<[{ own: number; all: number }]>(
      `SELECT count(*) FILTER (WHERE address_hash = $2)::int AS own, count(*)::int AS all
         FROM objections WHERE notice_id = $1 AND received_at > dingge_now() - interval '1 day'`,
      [noticeId, this.tickets.addressHash(address)],
    );
    if ((own >= most.address && !isOwnMachine(address)) || all >= most.notice) {
      throw noticeProblem('NOTICE.TOO_MANY_OBJECTIONS', {}, { headers: { 'Retry-After': '3600' } });
    }
  }

  private async store(objectionId: string, files: Attachment[]): Promise<ObjectionFile[]> {
    const { manager } = this.dataSource;
    const rows = files.map(({ name, mime, bytes }, position) =>
      manager.create(ObjectionFile, { id: randomUUID(), objectionId, position, name, mime, bytes }),
    );
    if (rows.length > 0) await manager.insert(ObjectionFile, rows);
    try {
      for (const [index, { path }] of files.entries()) {
        await this.storage.take(path, objectionFileKey(rows[index].id));
      }
    } catch (error) {
      await this.discard(rows);
      throw error;
    }
    return rows;
  }

  /** What can't go now the sweeper removes. */
  private async discard(rows: ObjectionFile[]): Promise<void> {
    for (const { id } of rows) {
      await this.storage.remove(objectionFileKey(id)).then(
        () => this.dataSource.manager.delete(ObjectionFile, { id }),
        () => undefined,
      );
    }
  }

  private async tellOrganisers(manager: EntityManager, contest: Contest, number: number): Promise<void> {
    const organisers = await manager.query<{ id: string }[]>(
      `SELECT DISTINCT account_id AS id FROM role_grants
        WHERE role = 'organiser' AND contest_id = $1 OR role = 'admin' ORDER BY id`,
      [contest.id],
    );
    for (const { id } of organisers) {
      await this.messages.send(
        manager,
        { accountId: id, contestId: contest.id, about: null },
        noticeMessages.message('NOTICE.OBJECTION', { contest: contest.title, number }),
      );
    }
  }
}
