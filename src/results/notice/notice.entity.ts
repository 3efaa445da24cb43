import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What a version of the notice says. Ids only: names are looked up when it is shown, so that they can be erased. */
export interface NoticeContent {
  results: { categoryId: string; resultId: string; hash: string }[];
  /** In the order of the winner list. */
  awards: { submissionId: string; tierId: string }[];
  issuer: string;
  contact: string;
  phone: string;
  email: string;
  workingDays: number;
  /** Whether days off of its years were known when the period was counted. */
  calendarKnown: boolean;
}

/** 公示: one version of a contest's published winner list. Never changed; a later one takes its place. */
@Entity('notices')
@Index('notices_version', ['contestId', 'version'], { unique: true })
export class Notice {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_notices' })
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  /** 1, 2, 3 … without a gap. */
  @Column('int')
  version: number;

  @Column('jsonb')
  content: NoticeContent;

  /** Why it took the place of the one before; published with it. */
  @Column('text', { default: '' })
  reason: string;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt: Date;

  /** Days in the contest's time zone: that of its publication, which doesn't count, and the last that does. */
  @Column('text', { name: 'published_on' })
  publishedOn: string;

  @Column('text', { name: 'last_day' })
  lastDay: string;

  /** Exclusive: the end of its last day. */
  @Column('timestamptz', { name: 'closes_at' })
  closesAt: Date;

  @Column('uuid', { name: 'published_by' })
  publishedBy: string;

  /** Head of the contest's audit chain with the entry of its publication: whoever has it can check the chain to here. */
  @Column('text', { name: 'audit_head' })
  auditHead: string;
}
