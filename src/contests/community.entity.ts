import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Contest } from './contest.entity.js';

/** 社区/村: where a work was made. */
@Entity('communities')
@Index(['contestId', 'street', 'name'], { unique: true })
export class Community {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @ManyToOne(() => Contest, (contest) => contest.communities, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contest_id' })
  contest: Relation<Contest>;

  @Column('text')
  name: string;

  /** 街道 or 镇; empty where unknown. */
  @Column('text', { default: '' })
  street: string;
}
