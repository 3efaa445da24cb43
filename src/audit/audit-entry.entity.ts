import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One line of a contest's log. Rows are never changed or removed: a trigger refuses it, and the chain would show it. */
@Entity('audit_entries')
export class AuditEntry {
  @PrimaryColumn('uuid', { name: 'contest_id' })
  contestId: string;

  /** 1, 2, 3 … without a gap. */
  @PrimaryColumn('int')
  seq: number;

  @Column('timestamptz')
  at: Date;

  /** Account that did it; null for the system. */
  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId: string | null;

  @Index()
  @Column('text')
  action: string;

  /** Ids and codes only, never a name, number or free text. */
  @Column('jsonb')
  facts: Record<string, unknown>;

  /** SHA-256 over salt and text where a person's words belong to the entry; the words stand in audit_texts. */
  @Column('text', { name: 'text_hash', nullable: true })
  textHash: string | null;

  @Column('text', { name: 'previous_hash' })
  previousHash: string;

  @Column('text')
  hash: string;
}
