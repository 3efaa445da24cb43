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
}
