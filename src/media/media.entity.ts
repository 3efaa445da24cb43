import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { CameraFacts } from './decoder/results.js';
import type { Fingerprint } from './fingerprint/fingerprint.js';
import type { RenditionName } from './rendition-names.js';

/** A derived file as the row knows it; `key` is where storage has it. */
export interface Rendition {
  name: RenditionName;
  key: string;
  mime: string;
  bytes: number;
  width: number;
  height: number;
}

/** What the file says of how it was taken and made, kept apart: never in a rendition, never before a judge. */
export type CaptureFacts = Partial<CameraFacts> & {
  /** Of a video: `lost` could not be kept, `mended` has silence where it was broken. */
  sound?: 'none' | 'whole' | 'mended' | 'lost';
};

/**
 * One uploaded file. The row is inserted `pending` in the transaction that accepts the upload and is itself
 * the outbox of the work to do on it: a job carries only the id and the version, and counts only while both
 * are those of the row.
 */
@Entity('media')
@Index(['contestId', 'authorId', 'sha256'], { unique: true, where: 'live' })
@Index(['accountId', 'contestId'])
@Index(['status', 'queuedAt'], { where: "status = 'pending'" })
export class Media {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Ids of other rooms, plain: media knows no contests, accounts, authors or submissions. */
  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'author_id' })
  authorId: string;

  @Index()
  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('int')
  position: number;

  /** False once its work was withdrawn or the file taken out: then its author may send it again. */
  @Column('boolean', { default: true })
  live: boolean;

  @Column('text')
  kind: 'image' | 'video';

  @Column('text', { name: 'original_name' })
  originalName: string;

  /** By content, not by name. */
  @Column('text')
  mime: string;

  @Column('bigint', { transformer: { from: Number, to: (value: number) => value } })
  bytes: number;

  @Index()
  @Column('text')
  sha256: string;

  @Column('text', { default: 'pending' })
  status: 'pending' | 'ready' | 'failed';

  /** Raised by the sweeper when it hands the row out again; results for an older version are dropped. */
  @Column('int', { default: 1 })
  version: number;

  /** Counted before each decoding, so that a file that kills its worker is not tried for ever. */
  @Column('int', { default: 0 })
  attempts: number;

  /** Code of a reason that an entrant understands. */
  @Column('text', { nullable: true })
  error: string | null;

  /** How far the processing of a video is, in percent; null before it begins and once it is over. */
  @Column('smallint', { nullable: true })
  progress: number | null;

  @Column('int', { nullable: true })
  width: number | null;

  @Column('int', { nullable: true })
  height: number | null;

  @Column('int', { name: 'duration_ms', nullable: true })
  durationMs: number | null;

  /** What the contest allows; checked once the length is known. */
  @Column('int', { name: 'max_duration_ms', nullable: true })
  maxDurationMs: number | null;

  /** Thumbhash, base64. */
  @Column('text', { nullable: true })
  placeholder: string | null;

  @Column('jsonb', { nullable: true })
  facts: CaptureFacts | null;

  /** What a ready file is compared by. */
  @Column('jsonb', { nullable: true })
  fingerprint: Fingerprint | null;

  @Column('jsonb', { default: () => "'[]'" })
  renditions: Rendition[];

  @Column('timestamptz', { name: 'queued_at', default: () => 'clock_timestamp()' })
  queuedAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  /** When it was taken in: deadlines go by it. */
  @Column('timestamptz', { name: 'created_at', default: () => 'dingge_now()' })
  createdAt: Date;
}
