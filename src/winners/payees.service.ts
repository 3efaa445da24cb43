import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { hashToken } from '../accounts/sessions.service.js';
import { ThrottleService } from '../accounts/throttle.service.js';
import { AuditService } from '../audit/audit.service.js';
import { commonProblem } from '../common/problem.js';
import { both } from '../common/validation.js';
import type { Contest } from '../contests/contest.entity.js';
import { AwardedService, type Awarded } from '../results/awarded/awarded.service.js';
import { NoticesService } from '../results/notice/notices.service.js';
import { dayIn } from '../results/notice/working-days.js';
import type { FillPayeeDto } from './dto.js';
import { winnerProblem } from './errors.js';
import { isOtherId, passesLuhn, residentIdProblem } from './identity.js';
import { Payee } from './payee.entity.js';
import { PayeeCipherService } from './payee-cipher.service.js';
import { PaymentSettingsService } from './payment-settings.service.js';

const linkDays = 14;
/** Cards, of which all pass the check. */
const cardLengths = [16, 18, 19];

/** Links for winners, and what comes back through them. */
@Injectable()
export class PayeesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly awarded: AwardedService,
    private readonly notices: NoticesService,
    private readonly settings: PaymentSettingsService,
    private readonly cipher: PayeeCipherService,
    private readonly throttle: ThrottleService,
    private readonly audit: AuditService,
  ) {}

  /** A new link for the winner of a prize; the one before it is dead. What was told already stays until it is told anew. */
  async issue(
    person: Person,
    contest: Contest,
    submissionId: string,
  ): Promise<{ token: string; expiresAt: Date }> {
    await this.notices.requireSettled(contest.id);
    const { tierId } = await this.requireAward(contest.id, submissionId);
    const token = randomBytes(24).toString('base64url');
    return this.dataSource.transaction(async (manager) => {
      const [{ id, expiresAt }] = await manager.query<[{ id: string; expiresAt: Date }]>(
        `INSERT INTO payees (contest_id, submission_id, tier_id, link_hash, link_expires_at)
         VALUES ($1, $2, $3, $4, dingge_now() + make_interval(days => $5))
         ON CONFLICT (submission_id, tier_id) DO UPDATE
           SET link_hash = EXCLUDED.link_hash, link_expires_at = EXCLUDED.link_expires_at
         RETURNING id, link_expires_at AS "expiresAt"`,
        [contest.id, submissionId, tierId, hashToken(token), linkDays],
      );
      await this.record(manager, contest.id, person.account.id, 'payee.link_issued', id, submissionId);
      return { token, expiresAt };
    });
  }

  /** Takes the link back that is out. */
  async revoke(person: Person, contestId: string, submissionId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `UPDATE payees SET link_hash = NULL, link_expires_at = NULL
          WHERE contest_id = $1 AND submission_id = $2 AND link_hash IS NOT NULL RETURNING id`,
        [contestId, submissionId],
      );
      for (const { id } of rows) {
        await this.record(manager, contestId, person.account.id, 'payee.link_revoked', id, submissionId);
      }
    });
  }

  /** What a link is for. Whoever tries many that are none has to wait. */
  async look(token: string, address: string): Promise<{ payee: Payee; award: Awarded }> {
    await this.throttle.refuseGuesser('payee', address);
    const payee = await this.findLive(this.dataSource.manager, token, false);
    const award = payee && (await this.awarded.find(payee.submissionId, payee.tierId));
    if (payee && award) return { payee, award };
    await this.throttle.countGuess('payee', address);
    throw winnerProblem('PAYEE.LINK_INVALID');
  }

  /** Seals what the winner tells, and uses the link up. */
  async fill(token: string, told: FillPayeeDto, address: string, contest: Contest): Promise<void> {
    await this.look(token, address);
    const { purgeDays } = await this.settings.of(contest.id);
    await this.dataSource.transaction(async (manager) => {
      const payee = await this.requireLive(manager, token);
      const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
      requireRight(told, dayIn(contest.timeZone, now));
      const { realName, idType, idNumber, bank, account } = told;
      const { keyId, sealed } = this.cipher.seal(payee.id, { realName, idType, idNumber, bank, account });
      await manager.query(
        `UPDATE payees
            SET link_hash = NULL, link_expires_at = NULL, filled_at = dingge_now(), key_id = $2, sealed = $3,
                person_hash = $4, account_hash = $5, original_confirmed_at = dingge_now(), purged_at = NULL,
                purge_at = dingge_now() + make_interval(days => $6)
          WHERE id = $1`,
        [
          payee.id,
          keyId,
          sealed,
          this.cipher.compareHash('person', idNumber),
          this.cipher.compareHash('account', account),
          purgeDays,
        ],
      );
      await this.record(manager, contest.id, null, 'payee.filled', payee.id, payee.submissionId);
    });
  }

  /** The row of a link that is still good, which nobody else can use up meanwhile. */
  async requireLive(manager: EntityManager, token: string): Promise<Payee> {
    const payee = await this.findLive(manager, token, true);
    if (!payee) throw winnerProblem('PAYEE.LINK_INVALID');
    return payee;
  }

  private async requireAward(contestId: string, submissionId: string): Promise<Awarded> {
    const award = (await this.awarded.list(contestId)).find((each) => each.submissionId === submissionId);
    if (!award) throw winnerProblem('PAYEE.NOT_FOUND');
    return award;
  }

  private async findLive(manager: EntityManager, token: string, lock: boolean): Promise<Payee | null> {
    const query = manager
      .createQueryBuilder(Payee, 'payee')
      .where('payee.link_hash = :hash AND payee.link_expires_at > dingge_now()', { hash: hashToken(token) });
    return (lock ? query.setLock('pessimistic_write') : query).getOne();
  }

  private record(
    manager: EntityManager,
    contestId: string,
    actorId: string | null,
    action: string,
    payee: string,
    submission: string,
  ): Promise<void> {
    return this.audit.append(manager, { contestId, actorId, action, facts: { payee, submission } });
  }
}

function requireRight({ idType, idNumber, account, accountConfirmed }: FillPayeeDto, today: string): void {
  const wrong =
    idType === 'resident' ? residentIdProblem(idNumber, today) : isOtherId(idNumber) ? null : 'form';
  if (wrong) {
    const errors = [{ path: 'idNumber', message: sentences[wrong] }];
    throw idType === 'resident'
      ? winnerProblem('PAYEE.ID_WRONG', {}, { errors })
      : commonProblem('REQUEST.INVALID', {}, { errors });
  }
  if (cardLengths.includes(account.length) && !passesLuhn(account) && !accountConfirmed) {
    throw winnerProblem('PAYEE.ACCOUNT_DOUBTFUL');
  }
}

const sentences = {
  form: both(
    '证件号码的位数或写法不对，请对照证件检查。',
    'The number does not have the form of one. Compare it with the card.',
  ),
  birth: both(
    '号码里的出生日期不存在，请对照证件检查。',
    'There is no such date of birth as in this number. Compare it with the card.',
  ),
  check: both(
    '最后一位校验码对不上，请检查有没有写错一位。',
    'The last character does not match the others: a digit may be wrong.',
  ),
};
