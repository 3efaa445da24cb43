import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 领奖人: what is asked of the winner of one prize, and what came back, sealed. */
@Entity('payees')
@Index('payees_award', ['submissionId', 'tierId'], { unique: true })
export class Payee {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_payees' })
  id: string;

  @Index('payees_contest')
  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('uuid', { name: 'tier_id' })
  tierId: string;

  /** SHA-256 of the token in the link that is out; null once it was used or taken back. */
  @Index('payees_link', { unique: true })
  @Column('text', { name: 'link_hash', nullable: true })
  linkHash: string | null;

  @Column('timestamptz', { name: 'link_expires_at', nullable: true })
  linkExpiresAt: Date | null;

  @Column('timestamptz', { name: 'filled_at', nullable: true })
  filledAt: Date | null;

  /** Which key opens `sealed`; both null where nothing came yet, or it was purged. */
  @Column('text', { name: 'key_id', nullable: true })
  keyId: string | null;

  @Column('text', { nullable: true })
  sealed: string | null;

  /** Keyed hashes of identity number and account, by which one person with two prizes is known. */
  @Column('text', { name: 'person_hash', nullable: true })
  personHash: string | null;

  @Column('text', { name: 'account_hash', nullable: true })
  accountHash: string | null;

  /** When the winner confirmed that the file that was sent is the original. */
  @Column('timestamptz', { name: 'original_confirmed_at', nullable: true })
  originalConfirmedAt: Date | null;

  /** When what was sealed goes. */
  @Column('timestamptz', { name: 'purge_at', nullable: true })
  purgeAt: Date | null;

  @Column('timestamptz', { name: 'purged_at', nullable: true })
  purgedAt: Date | null;
}
