import { Column, CreateDateColumn, Entity, OneToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Category } from './category.entity.js';
import { Community } from './community.entity.js';
import { Subject } from './subject.entity.js';

/** Whether anybody may see the winners' works: never, or once a result is locked. */
export const galleryModes = ['off', 'results'] as const;
export type GalleryMode = (typeof galleryModes)[number];

/** One edition of a contest. Its categories hold what differs between photos and videos. */
@Entity('contests')
export class Contest {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text', { unique: true })
  slug: string;

  @Column('text')
  title: string;

  @Column('text', { name: 'full_title' })
  fullTitle: string;

  @Column('text', { default: '' })
  region: string;

  @Column('text', { default: '' })
  theme: string;

  @Column('text', { default: '' })
  brief: string;

  /** IANA name; every date on the screen is in it. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  @Column('timestamptz', { name: 'opens_at' })
  opensAt: Date;

  /** Exclusive: an instant later than the last one at which a work may come in. */
  @Column('timestamptz', { name: 'closes_at' })
  closesAt: Date;

  /** How long after the closing an upload that began before it may go on, and its work be submitted. */
  @Column('int', { name: 'upload_grace_seconds', default: 1800 })
  uploadGraceSeconds: number;

  /** First and last day, in the contest's time zone, on which a work may have been taken; null where the rules don't say. */
  @Column('date', { name: 'captured_from', nullable: true })
  capturedFrom: string | null;

  @Column('date', { name: 'captured_until', nullable: true })
  capturedUntil: string | null;

  /** So long a work stays open for repair whose file turned out to be unusable, in hours. */
  @Column('int', { name: 'repair_hours', default: 24 })
  repairHours: number;

  /** All that one account may have stored in this contest, in bytes. */
  @Column('bigint', { name: 'account_quota_bytes', default: 20_000_000_000, transformer: bigintNumber() })
  accountQuotaBytes: number;

  /** Version of the declaration that entrants agree to. */
  @Column('text', { name: 'consent_version' })
  consentVersion: string;

  /** Seeds every draw and order of this contest; only its hash is shown before the results are locked. */
  @Column('text')
  seed: string;

  /** When the first round opened. */
  @Column('timestamptz', { name: 'judging_since', nullable: true })
  judgingSince: Date | null;

  /** When the last category's result was locked. */
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt: Date | null;

  @Column('text', { default: 'off' })
  gallery: GalleryMode;

  /** The most prizes of all categories for one author; null for no limit. */
  @Column('int', { name: 'person_limit', nullable: true })
  personLimit: number | null;

  /** Whether a result is locked by somebody else than whoever made it. */
  @Column('boolean', { name: 'second_lock', default: false })
  secondLock: boolean;

  /** Whether organisers may see marks before a round is closed; each look is logged. */
  @Column('boolean', { name: 'marks_before_close', default: false })
  marksBeforeClose: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @OneToMany(() => Category, (category) => category.contest)
  categories: Relation<Category>[];

  @OneToMany(() => Community, (community) => community.contest)
  communities: Relation<Community>[];

  @OneToMany(() => Subject, (subject) => subject.contest)
  subjects: Relation<Subject>[];
}

/** PostgreSQL hands bigint over as text; byte counts fit a double exactly. */
export function bigintNumber() {
  return { from: (value: string) => Number(value), to: (value: number) => value };
}
