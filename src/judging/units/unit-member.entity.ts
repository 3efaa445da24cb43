import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Author } from '../../submissions/author.entity.js';
import { Unit } from './unit.entity.js';

/** An author, or a judge, of a unit; nobody is of two in one contest. */
@Entity('unit_members')
@Index('unit_members_author', ['authorId'], { unique: true, where: 'author_id IS NOT NULL' })
@Index('unit_members_judge', ['contestId', 'judgeId'], { unique: true, where: 'judge_id IS NOT NULL' })
@Index('unit_members_unit', ['unitId'])
@Check('unit_members_one_person', 'num_nonnulls(author_id, judge_id) = 1')
export class UnitMember {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_unit_members' })
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'unit_id' })
  unitId: string;

  @ManyToOne(() => Unit)
  @JoinColumn({ name: 'unit_id', foreignKeyConstraintName: 'FK_unit_members_unit' })
  unit: Relation<Unit>;

  /** Of an author who was found to be another, that other one. */
  @Column('uuid', { name: 'author_id', nullable: true })
  authorId: string | null;

  @ManyToOne(() => Author, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'author_id', foreignKeyConstraintName: 'FK_unit_members_author' })
  author: Relation<Author> | null;

  @Column('uuid', { name: 'judge_id', nullable: true })
  judgeId: string | null;
}
