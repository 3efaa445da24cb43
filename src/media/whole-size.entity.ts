import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Media } from './media.entity.js';

/**
 * Somebody zoomed in on a photo: its picture of whole size shall be made. Like a pending file the row is itself the
 * outbox of that work; it goes as the rendition comes into the file's row.
 */
@Entity('whole_sizes')
@Index('whole_sizes_pending', ['queuedAt'], { where: "status = 'pending'" })
export class WholeSize {
  @PrimaryColumn('uuid', { name: 'media_id', primaryKeyConstraintName: 'PK_whole_sizes' })
  mediaId: string;

  @OneToOne(() => Media, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'FK_whole_sizes_media' })
  media: Relation<Media>;

  @Column('text', { default: 'pending' })
  status: 'pending' | 'failed';

  /** Raised by whoever hands it out again; what an older job made is dropped. */
  @Column('int', { default: 1 })
  version: number;

  @Column('int', { default: 0 })
  attempts: number;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('timestamptz', { name: 'queued_at', default: () => 'clock_timestamp()' })
  queuedAt: Date;
}
