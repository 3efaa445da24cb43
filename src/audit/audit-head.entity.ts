import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last hash of each contest's chain; its row lock puts the entries of a contest in one order. */
@Entity('audit_heads')
export class AuditHead {
  @PrimaryColumn('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('int')
  seq: number;

  @Column('text')
  head: string;
}
