import { Column, Entity, Generated, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { MessageParams } from './words.js';

/** Something that an account is told on the site. Kind and parameters: the words are found when it is read. */
@Entity('messages')
@Index(['accountId', 'seq'])
@Index(['accountId'], { where: 'read_at IS NULL' })
export class StoredMessage {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Their order; never shown. */
  @Generated('increment')
  @Column('bigint')
  seq: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  /** Plain: this room knows no contests. */
  @Column('uuid', { name: 'contest_id', nullable: true })
  contestId: string | null;

  /** The page that it is about, within the contest's pages: `work/<id>`. */
  @Column('text', { nullable: true })
  about: string | null;

  @Column('text')
  kind: string;

  @Column('jsonb')
  params: MessageParams;

  @Column('timestamptz', { name: 'created_at', default: () => 'dingge_now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt: Date | null;
}
