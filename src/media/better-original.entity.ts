import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Media } from './media.entity.js';

/**
 * A file that is to take the place of a judged one in print: a winner's, larger or less compressed. It stands beside
 * the judged one, is no file of its work (`live` is false), and nothing that was judged by changes.
 */
@Entity('better_originals')
export class BetterOriginal {
  @PrimaryColumn('uuid', { name: 'judged_id', primaryKeyConstraintName: 'PK_better_originals' })
  judgedId: string;

  @ManyToOne(() => Media, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'judged_id', foreignKeyConstraintName: 'better_originals_of_judged' })
  judged: Relation<Media>;

  @Index('better_originals_media', { unique: true })
  @Column('uuid', { name: 'media_id' })
  mediaId: string;

  @ManyToOne(() => Media, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'better_originals_of_media' })
  media: Relation<Media>;
}
