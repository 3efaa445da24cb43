import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One reading of a stored original on somebody's wish: what it costs is counted, what it found is kept. */
@Entity('file_checks')
@Index(['accountId', 'startedAt'])
export class FileCheck {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'media_id' })
  mediaId: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  /** Null while it runs, and for ever where its process died. */
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  /** What the stored bytes came to; null where they could not be read. */
  @Column('text', { nullable: true })
  sha256: string | null;
}
