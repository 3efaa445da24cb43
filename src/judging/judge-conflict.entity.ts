import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Works that a judge may not judge, as the organiser says: of an author, of a community, or one work. */
@Entity('judge_conflicts')
@Index('judge_conflicts_of_judge', ['contestId', 'judgeId'])
@Check('judge_conflicts_one_target', 'num_nonnulls(author_id, community_id, submission_id) = 1')
export class JudgeConflict {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_judge_conflicts' })
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'judge_id' })
  judgeId: string;

  /** Exactly one of the three is set. */
  @Column('uuid', { name: 'author_id', nullable: true })
  authorId: string | null;

  @Column('uuid', { name: 'community_id', nullable: true })
  communityId: string | null;

  @Column('uuid', { name: 'submission_id', nullable: true })
  submissionId: string | null;

  @Column('text')
  reason: string;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
