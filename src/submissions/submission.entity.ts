import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Category } from '../contests/category.entity.js';
import { Community } from '../contests/community.entity.js';
import { Subject } from '../contests/subject.entity.js';
import { Author } from './author.entity.js';

export const submissionStatuses = [
  'draft',
  'submitted',
  'accepted',
  'returned',
  'rejected',
  'withdrawn',
  'disqualified',
] as const;
export type SubmissionStatus = (typeof submissionStatuses)[number];

export const douyinVideoIndex = 'submissions_douyin_video';
export const douyinShortIndex = 'submissions_douyin_short';
const sent = `status NOT IN ('draft', 'withdrawn')`;

/** One work in a contest: a photo, a series or a video, with what its entrant says of it. */
@Entity('submissions')
@Index(['contestId', 'number'], { unique: true, where: 'number IS NOT NULL' })
@Index(['contestId', 'status'])
@Index('submissions_anonymised', ['categoryId'], { where: 'anonymised_at IS NOT NULL' })
// A work of Douyin once for each author among those that were sent in; a draft keeps whatever is typed.
@Index(douyinVideoIndex, ['contestId', 'douyinVideoId', 'authorId'], { unique: true, where: sent })
@Index(douyinShortIndex, ['contestId', 'douyinShortCode', 'authorId'], { unique: true, where: sent })
export class Submission {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'category_id' })
  categoryId: string;

  @ManyToOne(() => Category)
  @JoinColumn({ name: 'category_id' })
  category: Relation<Category>;

  /** The account that sent it. */
  @Index()
  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Index()
  @Column('uuid', { name: 'author_id' })
  authorId: string;

  @ManyToOne(() => Author)
  @JoinColumn({ name: 'author_id' })
  author: Relation<Author>;

  /** Receipt number; drawn when first submitted, kept ever after. Judges never see it. */
  @Column('text', { nullable: true })
  number: string | null;

  @Column('text', { default: 'draft' })
  status: SubmissionStatus;

  @Column('text', { default: '' })
  title: string;

  @Column('text', { default: '' })
  story: string;

  @Column('uuid', { name: 'community_id', nullable: true })
  communityId: string | null;

  @ManyToOne(() => Community)
  @JoinColumn({ name: 'community_id' })
  community: Relation<Community> | null;

  /** Written in where the community isn't listed. */
  @Column('text', { name: 'community_name', nullable: true })
  communityName: string | null;

  @Column('uuid', { name: 'subject_id', nullable: true })
  subjectId: string | null;

  @ManyToOne(() => Subject)
  @JoinColumn({ name: 'subject_id' })
  subject: Relation<Subject> | null;

  /** When and where it was taken, as the entrant says. */
  @Column('date', { name: 'taken_on', nullable: true })
  takenOn: string | null;

  @Column('text', { name: 'taken_place', default: '' })
  takenPlace: string;

  /** As it was pasted; all that is known of the work on Douyin is read from it. */
  @Column('text', { name: 'douyin_text', default: '' })
  douyinText: string;

  /** Of the text, to be searched by. A short link has a code, a long one an id: never both. */
  @Column('text', { name: 'douyin_video_id', nullable: true })
  douyinVideoId: string | null;

  @Column('text', { name: 'douyin_short_code', nullable: true })
  douyinShortCode: string | null;

  /** When the sender said that the author, who is somebody else, agreed. */
  @Column('timestamptz', { name: 'author_agreed_at', nullable: true })
  authorAgreedAt: Date | null;

  @Column('text', { name: 'consent_version', nullable: true })
  consentVersion: string | null;

  @Column('timestamptz', { name: 'consented_at', nullable: true })
  consentedAt: Date | null;

  @Column('timestamptz', { name: 'submitted_at', nullable: true })
  submittedAt: Date | null;

  /** Order of final submission within the contest; what “earlier” means in the tie chain. */
  @Index()
  @Column('bigint', {
    name: 'submitted_seq',
    nullable: true,
    transformer: { from: (v: string | null) => (v === null ? null : Number(v)), to: (v: number | null) => v },
  })
  submittedSeq: number | null;

  /** Set when a round with it opens: from then on nothing in it changes. */
  @Column('boolean', { name: 'in_judging', default: false })
  inJudging: boolean;

  /** What the organiser wrote with the last decision. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** Of a work that was sent back: until then, exclusively, its entrant may mend it, whatever the deadline. */
  @Column('timestamptz', { name: 'repair_until', nullable: true })
  repairUntil: Date | null;

  /** When its entrant is to be reminded of that; null once it was done, or where there is no need. */
  @Index({ where: 'repair_reminder_at IS NOT NULL' })
  @Column('timestamptz', { name: 'repair_reminder_at', nullable: true })
  repairReminderAt: Date | null;

  /** When its sender gave the account up: what it says of persons went then, its words go when its category is decided. */
  @Column('timestamptz', { name: 'anonymised_at', nullable: true })
  anonymisedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
