import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** 单位: an employer, school or club, as the organiser names it. It keeps judges from works of their own people. */
@Entity('units')
@Index('units_of_contest', ['contestId', 'name'], { unique: true })
export class Unit {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_units' })
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('text')
  name: string;
}
