import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** An invitation or a password reset: whoever has the link sets the account's password, once. */
@Entity('one_time_links')
export class OneTimeLink {
  /** SHA-256 of the token in the link, hex. */
  @PrimaryColumn('text', { name: 'token_hash' })
  tokenHash: string;

  @Column('text')
  kind: 'invitation' | 'reset';

  @Index()
  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'contest_id', nullable: true })
  contestId: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
