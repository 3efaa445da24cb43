import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Unit } from './units/unit.entity.js';

/** SQL: whether a conflict `c` counts, and is about a work `s` whose author `a` is of unit `m` (or of none). */
export const conflictIsAbout = `c.lifted_at IS NULL
  AND (c.submission_id = s.id OR c.author_id IN (a.id, a.merged_into) OR c.community_id = s.community_id
       OR c.unit_id = m.unit_id)`;
/** SQL: joins that unit. */
export const unitOfAuthor = 'LEFT JOIN unit_members m ON m.author_id = COALESCE(a.merged_into, a.id)';

/** Works that a judge may not judge: of a unit, an author, or a community, or one work. By the organiser, or automatic. */
@Entity('judge_conflicts')
@Index('judge_conflicts_of_judge', ['contestId', 'judgeId'])
@Index('judge_conflicts_own_unit', ['judgeId', 'unitId'], { unique: true, where: 'automatic' })
@Check('judge_conflicts_one_target', 'num_nonnulls(author_id, community_id, submission_id, unit_id) = 1')
export class JudgeConflict {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_judge_conflicts' })
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'judge_id' })
  judgeId: string;

  /** Exactly one of the four is set. */
  @Column('uuid', { name: 'author_id', nullable: true })
  authorId: string | null;

  @Column('uuid', { name: 'community_id', nullable: true })
  communityId: string | null;

  @Column('uuid', { name: 'submission_id', nullable: true })
  submissionId: string | null;

  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId: string | null;

  @ManyToOne(() => Unit)
  @JoinColumn({ name: 'unit_id', foreignKeyConstraintName: 'FK_judge_conflicts_unit' })
  unit: Relation<Unit> | null;

  /** The unit is the judge's own: comes and goes with it. */
  @Column('boolean', { default: false })
  automatic: boolean;

  /** When the organiser said that an automatic one doesn't count, and why; others are deleted. */
  @Column('timestamptz', { name: 'lifted_at', nullable: true })
  liftedAt: Date | null;

  @Column('text', { name: 'lift_reason', nullable: true })
  liftReason: string | null;

  /** Empty of an automatic one. */
  @Column('text')
  reason: string;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
