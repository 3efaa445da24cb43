import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Language } from '../common/problem.js';
import type { MessageParams } from './words.js';

/** An e-mail to be sent. The row is the outbox: it is written with what it tells of, and a job carries only its id. */
@Entity('mails')
@Index(['dueAt'], { where: "status = 'pending'" })
export class Mail {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('text', { name: 'to_name' })
  toName: string;

  @Column('text', { name: 'to_address' })
  toAddress: string;

  @Column('text')
  language: Language;

  @Column('uuid', { name: 'contest_id', nullable: true })
  contestId: string | null;

  /** As of a message; without a contest a page of the site. */
  @Column('text', { nullable: true })
  about: string | null;

  @Column('text')
  kind: string;

  @Column('jsonb')
  params: MessageParams;

  @Column('text', { default: 'pending' })
  status: 'pending' | 'sent' | 'failed';

  /** Raised when the row is handed out; what a job for an older version finds out no longer counts. */
  @Column('int', { default: 1 })
  version: number;

  @Column('int', { default: 0 })
  attempts: number;

  /** Why the last try failed: the server's code, or ours. */
  @Column('text', { nullable: true })
  error: string | null;

  /** When it is to be handed out next. */
  @Column('timestamptz', { name: 'due_at', default: () => 'clock_timestamp()' })
  dueAt: Date;

  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt: Date;
}
