import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A work in a round, under the code that judges know it by. */
@Entity('round_entries')
@Index(['roundId', 'submissionId'], { unique: true })
@Index(['roundId', 'code'], { unique: true })
export class RoundEntry {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'round_id' })
  roundId: string;

  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  /** Drawn at random for the round: nothing follows from it. */
  @Column('text')
  code: string;

  /** When it was taken out of the running, and why: its marks stay on record and count no more. */
  @Column('timestamptz', { name: 'removed_at', nullable: true })
  removedAt: Date | null;

  @Column('text', { name: 'removed_reason', nullable: true })
  removedReason: string | null;

  /** After the selection: goes on, was tied on its line, or neither. */
  @Column('text', { nullable: true })
  selected: 'yes' | 'tied' | null;
}
