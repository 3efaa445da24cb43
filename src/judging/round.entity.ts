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
import type { RoundMethod, ScoringRules } from './scoring-rules.js';

export const roundKinds = ['score', 'pass', 'tokens'] as const;
export type RoundKind = (typeof roundKinds)[number];

/** A criterion of one round; the id is what marks are filed under. */
export interface Criterion extends CriterionRule {
  id: string;
}

/** In rounds of pass or fail, and of tokens, the one criterion; its mark is 1 or 0. */
export const passCriterion = 'pass';
export const tokenCriterion = 'token';

/** Which works go on: so many from the top, those from a mark (or share, or number of tokens) on, or chosen ones. */
export type Selection =
  | { by: 'number'; count: number; tied: 'in' | 'out' }
  | { by: 'threshold'; least: number }
  | { by: 'hand'; reason: string };

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

  /** Marks by criteria; pass or fail; or each judge lays so many tokens (投子), at most one on a work. */
  @Column('text')
  kind: RoundKind;

  @Column('text', { default: 'draft' })
  status: 'draft' | 'open' | 'paused' | 'closed';

  /** How many judges each work has; null: all of them. */
  @Column('int', { name: 'per_submission', nullable: true })
  perSubmission: number | null;

  /** How many judges each work was to have when the round opened; the method was chosen by it. */
  @Column('int', { name: 'planned_judges', nullable: true })
  plannedJudges: number | null;

  /** In a round of pass or fail: so many judges must have decided, and so many of a hundred of them must pass it. */
  @Column('int', { nullable: true })
  quorum: number | null;

  @Column('int', { name: 'pass_percent', nullable: true })
  passPercent: number | null;

  /** How many tokens each judge has. */
  @Column('int', { nullable: true })
  tokens: number | null;

  /** Closed rounds whose selected works this one takes; empty: every accepted work. */
  @Column('uuid', { name: 'source_ids', array: true, default: '{}' })
  sourceIds: string[];

  /** Takes the works that were tied on the line of their selection, to vote on them again. */
  @Column('boolean', { name: 'of_tied', default: false })
  ofTied: boolean;

  /** How the works for the next round were selected from this one, once they were. */
  @Column('jsonb', { nullable: true })
  selection: Selection | null;

  /** Until when judges are asked to be done; the round stays open until the organiser closes it. */
  @Column('timestamptz', { name: 'deadline_at', nullable: true })
  deadlineAt: Date | null;

  /** What judges read before the first work. */
  @Column('text', { default: '' })
  instructions: string;

  /** Whether judges may write comments, which go to the author. */
  @Column('boolean', { default: true })
  comments: boolean;

  @Column('jsonb')
  criteria: Criterion[];

  @Column('text')
  method: RoundMethod;

  /** What it drops, how it rounds, what decides between equal scores. */
  @Column('jsonb')
  scoring: ScoringRules;

  /** False where works are judged by their Douyin links, which name the author; frozen when it opens. */
  @Column('boolean', { default: true })
  anonymous: boolean;

  /** Whether organisers may see marks before it is closed; the contest's setting, frozen when it opens. */
  @Column('boolean', { name: 'marks_before_close', default: false })
  marksBeforeClose: boolean;

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
