import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomInt } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AuditService } from '../../audit/audit.service.js';
import type { Contest } from '../../contests/contest.entity.js';
import { AwardedService, type Awarded } from '../../results/awarded/awarded.service.js';
import { Certificate } from './certificate.entity.js';

export interface Numbered {
  certificate: Certificate;
  award: Awarded;
}

/** Without the letters that are taken for digits. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const drawn = 4;

/** Numbers of certificates: drawn once for each prize of each work, and never given to another. */
@Injectable()
export class CertificateNumbers {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly awarded: AwardedService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The certificates of all prizes as they stand, in the order of the winner list. Those that have no number yet get
   * one: the year, a running number, and letters that nobody guesses, so that a forger can only copy one that exists.
   */
  async issue(contest: Contest, actorId: string): Promise<Numbered[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM contests WHERE id = $1 FOR NO KEY UPDATE', [contest.id]);
      const locks = new Map(
        (await this.awarded.locks(contest.id, manager)).map((lock) => [lock.resultId, lock]),
      );
      const awards = await this.awarded.list(contest.id, manager);
      const kept = await manager.findBy(Certificate, { contestId: contest.id });
      const keyOf = ({ submissionId, tierId }: { submissionId: string; tierId: string }) =>
        submissionId + tierId;
      const known = new Map(kept.map((certificate) => [keyOf(certificate), certificate]));
      const fresh: Certificate[] = [];
      for (const award of awards.filter((each) => !known.has(keyOf(each)))) {
        const { submissionId, tierId } = award;
        const awardedAt = locks.get(award.resultId)!.lockedAt;
        const number = numberOf(awardedAt, contest.timeZone, kept.length + fresh.length + 1);
        const values = { number, contestId: contest.id, submissionId, tierId, awardedAt };
        fresh.push(manager.create(Certificate, values));
      }
      for (const certificate of fresh) known.set(keyOf(certificate), certificate);
      if (fresh.length > 0) {
        await manager.insert(Certificate, fresh);
        const facts = { numbers: fresh.map(({ number }) => number) };
        await this.audit.append(manager, {
          contestId: contest.id,
          actorId,
          action: 'certificates.issued',
          facts,
        });
      }
      return awards.map((award) => ({ award, certificate: known.get(keyOf(award))! }));
    });
  }
}

function numberOf(awardedAt: Date, timeZone: string, running: number): string {
  const year = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(awardedAt);
  const letters = Array.from({ length: drawn }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${year}-${String(running).padStart(4, '0')}-${letters}`;
}
