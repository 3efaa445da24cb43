import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import type { Promotion, QuotaTies } from './award-rules.js';
import { Contest } from './contest.entity.js';
import { PrizeTier } from './prize-tier.entity.js';

/** What a judge marks and how much it counts; a mark lies in min…max in whole steps from min. */
export interface CriterionRule {
  name: string;
  /** Any positive decimal; only the ratio to the sum of all weights counts. */
  weight: number;
  min: number;
  max: number;
  step: number;
}

/** What may be sent to a category. Sizes in bytes, lengths in seconds, edges in pixels. */
export interface CategoryLimits {
  maxBytes: number;
  /** Files of one work; above one only where the category takes series. */
  maxFiles: number;
  seriesMin: number;
  seriesMax: number;
  maxSeconds: number;
  /** Works of one author that stand at the same time. */
  perAuthor: number;
  /** A photo whose longer edge is shorter than this is warned of, not refused. */
  minEdge: number;
}

/** What a work consists of: a file, the link of a video on Douyin, or both, where the file is judged. */
export const entryKinds = ['file', 'link', 'both'] as const;
export type EntryKind = (typeof entryKinds)[number];

@Entity('categories')
@Index(['contestId', 'key'], { unique: true })
export class Category {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @ManyToOne(() => Contest, (contest) => contest.categories, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'contest_id' })
  contest: Relation<Contest>;

  @Column('int')
  position: number;

  @Column('text')
  key: string;

  @Column('text')
  name: string;

  @Column('text')
  media: 'image' | 'video';

  @Column('text', { default: 'file' })
  entry: EntryKind;

  /**
   * Of a category with file and link: whether a work can be sent without the link. Where it can, the form still asks
   * for it and the desk sees that it is missing.
   */
  @Column('boolean', { name: 'link_required', default: false })
  linkRequired: boolean;

  @Column('jsonb')
  limits: CategoryLimits;

  @Column('jsonb')
  criteria: CriterionRule[];

  /** The most prizes of this category for one author; null for no limit. Frozen, as the next two, once a round has begun. */
  @Column('int', { name: 'person_limit', nullable: true })
  personLimit: number | null;

  @Column('text', { name: 'quota_ties', default: 'resolve' })
  quotaTies: QuotaTies;

  @Column('text', { default: 'cascade' })
  promotion: Promotion;

  /** Receipt numbers are this letter and a running number. */
  @Column('text', { name: 'number_prefix' })
  numberPrefix: string;

  @Column('int', { name: 'last_number', default: 0 })
  lastNumber: number;

  /** When its result was locked: no round opens after that. */
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @OneToMany(() => PrizeTier, (tier) => tier.category)
  prizeTiers: Relation<PrizeTier>[];
}

/** Whether a work without a Douyin link is refused. */
export function requiresLink({ entry, linkRequired }: Pick<Category, 'entry' | 'linkRequired'>): boolean {
  return entry === 'link' || (entry === 'both' && linkRequired);
}
