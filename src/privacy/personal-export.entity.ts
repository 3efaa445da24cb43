import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How often an account took its data away, and whether one such file is under way: no process's memory says that. */
@Entity('personal_exports')
export class PersonalExport {
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'PK_personal_exports' })
  accountId: string;

  /** Begin of the day that `count` is of. */
  @Column('timestamptz')
  since: Date;

  @Column('int')
  count: number;

  /** The request that sends one now; the right of one that was killed ends by itself. */
  @Column('uuid', { nullable: true })
  holder: string | null;

  @Column('timestamptz', { name: 'held_until', nullable: true })
  heldUntil: Date | null;
}
