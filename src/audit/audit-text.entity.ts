import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The words behind an entry's salted hash. Erasing a row leaves the chain whole and the words unrecoverable. */
@Entity('audit_texts')
export class AuditText {
  @PrimaryColumn('text', { name: 'text_hash' })
  textHash: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('text')
  salt: string;

  @Column('text')
  text: string;
}
