import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ResultContent } from './content.js';

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

  @Column('text', { default: 'dry' })
  status: 'dry' | 'locked';

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
