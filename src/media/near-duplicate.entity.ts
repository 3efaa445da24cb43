import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Media } from './media.entity.js';

/** Two files of a contest that are, or look, the same; of the two ids the lower comes first. */
@Entity('near_duplicates')
@Index(['firstId', 'secondId'], { unique: true })
@Index(['secondId'])
export class NearDuplicate {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'first_id' })
  firstId: string;

  @ManyToOne(() => Media, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'first_id' })
  first: Relation<Media>;

  @Column('uuid', { name: 'second_id' })
  secondId: string;

  @ManyToOne(() => Media, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'second_id' })
  second: Relation<Media>;

  /** `exact`: the same bytes. */
  @Column('text')
  kind: 'exact' | 'near';

  /** How alike, at most 1; see fingerprint/likeness.ts. */
  @Column('real')
  likeness: number;

  @Column('timestamptz', { name: 'found_at', default: () => 'clock_timestamp()' })
  foundAt: Date;

  /** Set when an organiser said that these are no duplicates. */
  @Column('timestamptz', { name: 'dismissed_at', nullable: true })
  dismissedAt: Date | null;

  @Column('uuid', { name: 'dismissed_by', nullable: true })
  dismissedBy: string | null;
}
