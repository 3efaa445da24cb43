import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failed sign-ins by account and by address: each makes the next wait longer, none locks for good. */
@Entity('sign_in_failures')
export class SignInFailure {
  /** `login:<hash>`, `address:<hash>` or, for guessed addresses, `receipt:<hash>`; hashed, so that the table holds no phone numbers. */
  @PrimaryColumn('text')
  key: string;

  @Column('int')
  count: number;

  @Column('timestamptz', { name: 'blocked_until' })
  blockedUntil: Date;

  @Column('timestamptz', { name: 'last_at' })
  lastAt: Date;
}
