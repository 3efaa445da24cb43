import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { maskContact, maskName } from '../common/mask.js';
import { AwardedService, type Awarded } from '../results/awarded/awarded.service.js';
import type { PayeeView } from './dto.js';
import { winnerProblem } from './errors.js';
import { maskAccount, maskId } from './identity.js';
import { PayeeKeyLost, type PayeeSecrets } from './payee-cipher.js';
import { PayeeCipherService } from './payee-cipher.service.js';
import { Payee } from './payee.entity.js';
import { PaymentSettingsService } from './payment-settings.service.js';
import { withheld, type TaxRule } from './tax.js';

/** One prize to be paid. */
export interface Payment {
  award: Awarded;
  payee: Payee | null;
  told: PayeeSecrets | null;
  amountFen: number;
  rule: TaxRule | null;
  taxFen: number | null;
}

export interface TierTotal {
  id: string;
  category: string;
  name: string;
  amountFen: number;
  quota: number;
  awards: number;
  rule: TaxRule | null;
  taxFen: number | null;
}

/** Amounts are whole fen throughout: they add up exactly. */
export interface Totals {
  budgetFen: number;
  payableFen: number;
  vacantFen: number;
  taxFen: number | null;
  netFen: number | null;
}

/** All prizes of a contest as they are to be paid, with what their winners told. */
@Injectable()
export class PaymentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly awarded: AwardedService,
    private readonly settings: PaymentSettingsService,
    private readonly cipher: PayeeCipherService,
    private readonly audit: AuditService,
  ) {}

  async list(contestId: string): Promise<{ payments: Payment[]; tiers: TierTotal[]; totals: Totals }> {
    const { taxes } = await this.settings.of(contestId);
    const awards = await this.awarded.list(contestId);
    const kept = await this.dataSource.manager.findBy(Payee, { contestId });
    const payeeOf = new Map(kept.map((payee) => [payee.submissionId + payee.tierId, payee]));
    const payments = awards.map((award): Payment => {
      const payee = payeeOf.get(award.submissionId + award.tierId) ?? null;
      const amountFen = award.amountYuan * 100;
      const rule = taxes[award.tierId] ?? null;
      return {
        ...{ award, payee, amountFen, rule },
        told: payee && this.told(payee),
        taxFen: rule && withheld(amountFen, rule),
      };
    });
    const tiers = await this.tiers(contestId, awards, taxes);
    return { payments, tiers, totals: totalsOf(tiers, payments) };
  }

  /** As the desk shows it: whose it is, where it stands, and no number in full. */
  async views(payments: Payment[]): Promise<Omit<PayeeView, 'originals'>[]> {
    const [{ now }] = await this.dataSource.query<[{ now: Date }]>('SELECT dingge_now() AS now');
    return payments.map(({ award, payee, told, amountFen, taxFen }) => ({
      submission: { id: award.submissionId, number: award.number, title: award.title },
      category: award.category,
      tier: award.tier,
      author: award.author,
      phone: maskContact(award.phone),
      amountFen,
      taxFen,
      state: stateOf(payee, now),
      linkExpiresAt: payee?.linkExpiresAt?.toISOString() ?? null,
      filledAt: payee?.filledAt?.toISOString() ?? null,
      purgeAt: payee?.sealed ? (payee.purgeAt?.toISOString() ?? null) : null,
      told: told && masked(told),
      nameDiffers: told !== null && told.realName !== award.author,
      samePerson: others(payments, award, payee, 'personHash'),
      sameAccount: others(payments, award, payee, 'accountHash'),
    }));
  }

  /** For a winner's own eyes: the name as it was told, numbers masked; null where nothing is kept, or its key is lost. */
  ownTold(payee: Payee): PayeeSecrets | null {
    const told = this.told(payee);
    return told && { ...masked(told), realName: told.realName };
  }

  /** What one winner told, in full; each look is logged. */
  async unmask(person: Person, contestId: string, submissionId: string): Promise<PayeeSecrets> {
    return this.dataSource.transaction(async (manager) => {
      const payee = await manager
        .createQueryBuilder(Payee, 'payee')
        .where('contest_id = :contestId AND submission_id = :submissionId AND filled_at IS NOT NULL', {
          contestId,
          submissionId,
        })
        .orderBy('filled_at', 'DESC')
        .getOne();
      if (!payee) throw winnerProblem('PAYEE.NOT_FOUND');
      if (payee.sealed === null) throw winnerProblem('PAYEE.PURGED');
      const told = this.told(payee);
      if (!told) throw winnerProblem('PAYEE.KEY_LOST');
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'payee.unmasked',
        facts: { payee: payee.id, submission: submissionId },
      });
      return told;
    });
  }

  /** Before a list with full numbers leaves. */
  async recordFullList(person: Person, contestId: string, payments: Payment[]): Promise<void> {
    const payees = payments.flatMap(({ payee, told }) => (payee && told ? [payee.id] : []));
    await this.dataSource.transaction((manager) =>
      this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'payees.exported_unmasked',
        facts: { payees },
      }),
    );
  }

  private told({ id, keyId, sealed }: Payee): PayeeSecrets | null {
    if (!keyId || !sealed) return null;
    try {
      return this.cipher.open(id, { keyId, sealed });
    } catch (error) {
      if (error instanceof PayeeKeyLost) return null;
      throw error;
    }
  }

  private async tiers(
    contestId: string,
    awards: Awarded[],
    taxes: Record<string, TaxRule>,
  ): Promise<TierTotal[]> {
    const rows = await this.dataSource.query<
      { id: string; category: string; name: string; amountYuan: number; quota: number }[]
    >(
      `SELECT t.id, k.name AS category, t.name, t.amount_yuan AS "amountYuan", t.quota
         FROM prize_tiers t JOIN categories k ON k.id = t.category_id
        WHERE k.contest_id = $1 ORDER BY k.position, t.position`,
      [contestId],
    );
    return rows.map(({ amountYuan, ...tier }) => {
      const rule = taxes[tier.id] ?? null;
      const amountFen = amountYuan * 100;
      return {
        ...tier,
        amountFen,
        rule,
        awards: awards.filter(({ tierId }) => tierId === tier.id).length,
        taxFen: rule && withheld(amountFen, rule),
      };
    });
  }
}

function totalsOf(tiers: TierTotal[], payments: Payment[]): Totals {
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const budgetFen = sum(tiers.map(({ quota, amountFen }) => quota * amountFen));
  const payableFen = sum(payments.map(({ amountFen }) => amountFen));
  const known = payments.flatMap(({ taxFen }) => (taxFen === null ? [] : [taxFen]));
  const taxFen = known.length === payments.length ? sum(known) : null;
  return {
    ...{ budgetFen, payableFen, taxFen },
    vacantFen: budgetFen - payableFen,
    netFen: taxFen === null ? null : payableFen - taxFen,
  };
}

function stateOf(payee: Payee | null, now: Date): PayeeView['state'] {
  if (payee?.linkExpiresAt && payee.linkExpiresAt > now) return 'sent';
  if (payee?.sealed) return 'filled';
  if (payee?.purgedAt) return 'purged';
  return payee?.linkExpiresAt ? 'expired' : 'none';
}

function masked({ realName, idType, idNumber, bank, account }: PayeeSecrets): PayeeSecrets {
  return {
    realName: maskName(realName),
    idType,
    idNumber: maskId(idNumber),
    bank,
    account: maskAccount(account),
  };
}

/** Numbers of the other works whose winners told the same. */
function others(
  payments: Payment[],
  award: Awarded,
  payee: Payee | null,
  by: 'personHash' | 'accountHash',
): string[] {
  const own = payee?.[by];
  if (!own) return [];
  return payments.flatMap((other) =>
    other.payee?.[by] === own && other.award.submissionId !== award.submissionId ? [other.award.number] : [],
  );
}
