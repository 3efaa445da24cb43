import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Media } from './media.entity.js';

/**
 * A perceptual hash of a ready file, where SQL can search it: one row for each of its fingerprint's hashes.
 * Two hashes that differ in at most 11 of 64 bits agree in one of four bands of 16 bits but for at most two of
 * its bits, so a search looks up the few band values near its own and counts bits only there. The four indexes
 * hold all that it reads.
 */
@Entity('media_hashes')
@Index('media_hashes_band0', { synchronize: false })
@Index('media_hashes_band1', { synchronize: false })
@Index('media_hashes_band2', { synchronize: false })
@Index('media_hashes_band3', { synchronize: false })
export class MediaHash {
  @PrimaryColumn('uuid', { name: 'media_id' })
  mediaId: string;

  @ManyToOne(() => Media, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'media_id' })
  media: Relation<Media>;

  /** Which picture of a video; 0 for a photo. */
  @PrimaryColumn('smallint')
  frame: number;

  /** Which part of it; see fingerprint/views.ts. */
  @PrimaryColumn('smallint')
  view: number;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  /** Whether the view shows all of the picture. */
  @Column('boolean')
  whole: boolean;

  /** The 64 bits, read as a signed number. */
  @Column('bigint')
  hash: string;
}
