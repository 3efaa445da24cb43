import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What the jury's chair, or a re-vote, decided between works that the marks leave equal. Append-only; of two for the same works the later counts. */
@Entity('tie_decisions')
export class TieDecision {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Index('tie_decisions_of_round')
  @Column('uuid', { name: 'round_id' })
  roundId: string;

  /** All works of one tie, the best first. */
  @Column('uuid', { array: true })
  order: string[];

  /** The words stand in the log. */
  @Column('text', { name: 'reason_hash' })
  reasonHash: string;

  @Column('uuid', { name: 'decided_by' })
  decidedBy: string;

  @Column('timestamptz', { name: 'decided_at' })
  decidedAt: Date;
}
