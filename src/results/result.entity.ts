import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ResultContent } from './content.js';
import { resultProblem } from './errors.js';

export const resultStatuses = ['dry', 'locked', 'superseded'] as const;
export type ResultStatus = (typeof resultStatuses)[number];

/** 结果: ranking and allocation of one category, computed once and kept as it was. */
@Entity('results')
@Index(['categoryId'], { unique: true, where: "status = 'locked'" })
export class Result {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'category_id' })
  categoryId: string;

  @Column('uuid', { name: 'round_id' })
  roundId: string;

  /** One is locked in each category; a version that came after it makes it superseded, and nothing else can. */
  @Column('text', { default: 'dry' })
  status: ResultStatus;

  /** 1, 2, 3 … among those that were locked; null before. */
  @Column('int', { nullable: true })
  version: number | null;

  /** The locked result that this one came from, and replaces when it is locked. */
  @Column('uuid', { nullable: true })
  supersedes: string | null;

  /** Of a version that supersedes another: its reason, whose words stand in the log. */
  @Column('text', { name: 'reason_hash', nullable: true })
  reasonHash: string | null;

  @Column('jsonb')
  content: ResultContent;

  /** SHA-256 of the canonical JSON of the content. */
  @Column('text')
  hash: string;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('uuid', { name: 'locked_by', nullable: true })
  lockedBy: string | null;

  @Column('timestamptz', { name: 'locked_at', nullable: true })
  lockedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}

/** @throws RESULT.OF_OLD for one that was locked by an earlier arithmetic, whose sums can't be shown again */
export function requireReadable({ content }: Result): void {
  if ((content.version as number) < 2) throw resultProblem('RESULT.OF_OLD');
}
