import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Contest } from './contest.entity.js';

/** 主题: what a work shows. */
@Entity('subjects')
@Index(['contestId', 'name'], { unique: true })
export class Subject {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @ManyToOne(() => Contest, (contest) => contest.subjects, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contest_id' })
  contest: Relation<Contest>;

  @Column('int')
  position: number;

  @Column('text')
  name: string;
}
