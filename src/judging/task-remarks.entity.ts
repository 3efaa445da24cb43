import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Task } from './task.entity.js';

/** What a judge keeps of a work beside its marks; nothing of it counts. */
@Entity('task_remarks')
export class TaskRemarks {
  @PrimaryColumn('uuid', { name: 'task_id', primaryKeyConstraintName: 'PK_task_remarks' })
  taskId: string;

  @OneToOne(() => Task)
  @JoinColumn({ name: 'task_id', foreignKeyConstraintName: 'FK_task_remarks_task' })
  task: Relation<Task>;

  @Column('boolean', { default: false })
  favourite: boolean;

  /** For the judge alone: not even organisers are shown it. */
  @Column('text', { default: '' })
  note: string;

  /** What the organiser is to look at; empty: not flagged. */
  @Column('text', { name: 'flag_reason', default: '' })
  flagReason: string;

  @Column('timestamptz', { name: 'flagged_at', nullable: true })
  flaggedAt: Date | null;
}
