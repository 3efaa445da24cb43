import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigintNumber } from '../contests/contest.entity.js';

/** A refusal as it was said when it happened, for whoever asks later. */
export interface UploadError {
  code: string;
  status: number;
  zh: string;
  en: string;
}

/**
 * A file on its way through the resumable door. Its bytes lie in the spool under a name made from the id, and that
 * file's size is the truth of how many there are; the row says whose they are, who may add to them now, and what
 * became of them.
 */
@Entity('uploads')
@Index(['accountId', 'contestId'])
export class Upload {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Index()
  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('text')
  name: string;

  /** As announced; counted against the quota until it ends. */
  @Column('bigint', { transformer: bigintNumber() })
  bytes: number;

  /** By what the client knows the file again, in hex: never compared with its content. */
  @Column('text', { nullable: true })
  mark: string | null;

  /** Of the file at the client's, in milliseconds. */
  @Column('bigint', {
    name: 'last_modified',
    nullable: true,
    transformer: { from: (v: string | null) => (v === null ? null : Number(v)), to: (v: number | null) => v },
  })
  lastModified: number | null;

  /** What was on the disk for certain when a request last ended. */
  @Column('bigint', { default: 0, transformer: bigintNumber() })
  received: number;

  @Column('text', { default: 'receiving' })
  state: 'receiving' | 'attached' | 'refused';

  @Column('uuid', { name: 'media_id', nullable: true })
  mediaId: string | null;

  @Column('jsonb', { nullable: true })
  error: UploadError | null;

  /** What counts for the deadline. */
  @Column('timestamptz', { name: 'begun_at', default: () => 'dingge_now()' })
  begunAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  /** Moved on with every byte that arrives. From then on the row may be swept. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  /** The request that may write now; see UploadLease. */
  @Column('uuid', { name: 'lease_holder', nullable: true })
  leaseHolder: string | null;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil: Date | null;
}
