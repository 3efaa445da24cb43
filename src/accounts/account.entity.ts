import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Language } from '../common/problem.js';

/** A person who can sign in. Who made a work is an author, which is often somebody else. */
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Index({ unique: true, where: 'phone IS NOT NULL' })
  @Column('text', { nullable: true })
  phone: string | null;

  @Index({ unique: true, where: 'email IS NOT NULL' })
  @Column('text', { nullable: true })
  email: string | null;

  /** When its owner followed the link that was sent to `email`: nothing else is sent there before. */
  @Column('timestamptz', { name: 'email_confirmed_at', nullable: true })
  emailConfirmedAt: Date | null;

  /** An address that its owner gave and hasn't confirmed yet: neither written to nor signed in with. */
  @Column('text', { name: 'pending_email', nullable: true })
  pendingEmail: string | null;

  /** SHA-256 of the token in the link, hex. */
  @Index({ unique: true, where: 'pending_email_hash IS NOT NULL' })
  @Column('text', { name: 'pending_email_hash', nullable: true })
  pendingEmailHash: string | null;

  @Column('timestamptz', { name: 'pending_email_until', nullable: true })
  pendingEmailUntil: Date | null;

  /** The one last used on the site; e-mails are written in it. */
  @Column('text', { default: 'zh' })
  language: Language;

  /** argon2id in PHC form; null until an invitation is taken up. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  /** A printed password opens nothing but the page that changes it. */
  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword: boolean;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  /** When its owner gave it up: then nothing of the person is left here, and it opens nothing. */
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
