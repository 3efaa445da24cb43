import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TaxRule } from './tax.js';

/** How a contest pays its prizes, as its organiser chose. */
@Entity('payment_settings')
export class PaymentSettings {
  @PrimaryColumn('uuid', { name: 'contest_id', primaryKeyConstraintName: 'PK_payment_settings' })
  contestId: string;

  /** By tier; a tier that isn't in it has not been chosen for. */
  @Column('jsonb', { default: () => "'{}'" })
  taxes: Record<string, TaxRule>;

  /** So many days after they came what winners told is purged. */
  @Column('int', { name: 'purge_days', default: 180 })
  purgeDays: number;
}
