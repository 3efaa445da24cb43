import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who made a work: name and phone, in one contest. Prizes and limits go by author, never by account. */
@Entity('authors')
@Index(['contestId', 'name', 'phone'], { unique: true })
export class Author {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('text')
  name: string;

  /** Null once the person was erased. */
  @Index()
  @Column('text', { nullable: true })
  phone: string | null;

  /** The author that the organiser found this one to be; null for one that stands for itself. */
  @Column('uuid', { name: 'merged_into', nullable: true })
  mergedInto: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
