import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Category, type CriterionRule } from '../contests/category.entity.js';

export const roundMethods = ['auto', 'trimmed', 'mean'] as const;
export type RoundMethod = (typeof roundMethods)[number];

/** A criterion of one round; the id is what marks are filed under. */
export interface Criterion extends CriterionRule {
  id: string;
}

/** A round of judging one category. Its settings are frozen, and hashed, when it opens. */
@Entity('rounds')
export class Round {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index()
  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Index()
  @Column('uuid', { name: 'category_id' })
  categoryId: string;

  @ManyToOne(() => Category)
  @JoinColumn({ name: 'category_id' })
  category: Relation<Category>;

  @Column('text')
  name: string;

  @Column('text')
  kind: 'score';

  @Column('text', { default: 'draft' })
  status: 'draft' | 'open' | 'closed';

  @Column('jsonb')
  criteria: Criterion[];

  @Column('text')
  method: RoundMethod;

  /** False where works are judged by their Douyin links, which name the author; frozen when it opens. */
  @Column('boolean', { default: true })
  anonymous: boolean;

  /** Random; seeds each judge's order. */
  @Column('text')
  seed: string;

  @Column('text', { name: 'settings_hash', nullable: true })
  settingsHash: string | null;

  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;

  /** Why it was closed while marks were missing. */
  @Column('text', { name: 'close_reason', nullable: true })
  closeReason: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
