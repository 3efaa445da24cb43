import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * That anybody may see the files of a work. Its id is in every public link, so they live exactly as long as the row:
 * taken back and published again, a work has another id and the old links stay dead.
 */
@Entity('publications')
@Index(['submissionId'], { unique: true })
export class Publication {
  @PrimaryColumn('uuid')
  id: string;

  /** Ids of other rooms, plain, as in the media row. */
  @Index()
  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt: Date;
}
