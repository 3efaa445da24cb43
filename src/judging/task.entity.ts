import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { RoundEntry } from './round-entry.entity.js';
import { Round } from './round.entity.js';

/** An assignment: one judge, one work, one round. */
@Entity('tasks')
@Index(['entryId', 'judgeId'], { unique: true })
@Index(['roundId', 'judgeId', 'position'])
export class Task {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'round_id' })
  roundId: string;

  @ManyToOne(() => Round)
  @JoinColumn({ name: 'round_id' })
  round: Relation<Round>;

  @Column('uuid', { name: 'entry_id' })
  entryId: string;

  @ManyToOne(() => RoundEntry)
  @JoinColumn({ name: 'entry_id' })
  entry: Relation<RoundEntry>;

  @Column('uuid', { name: 'judge_id' })
  judgeId: string;

  /** Place in this judge's own seeded order. */
  @Column('int')
  position: number;

  /** A released task was taken from the judge: it is in no list, and what was marked in it doesn't count. */
  @Column('text', { default: 'open' })
  state: 'open' | 'submitted' | 'recused' | 'released';

  /** Version of the sheet that counts; 0 while there is none. */
  @Column('int', { default: 0 })
  version: number;

  @Column('text', { name: 'recusal_reason', nullable: true })
  recusalReason: string | null;
}
