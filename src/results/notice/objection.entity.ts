import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** How many days what its writer told is kept after the answer; where nobody ever answers, after it came. */
export const keptDays = { answered: 180, unanswered: 730 };

/** 异议: a complaint about a published notice, by whoever read it. Only organisers see who wrote it, and what. */
@Entity('objections')
@Index('objections_number', ['contestId', 'number'], { unique: true })
export class Objection {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_objections' })
  id: string;

  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Index('objections_notice')
  @Column('uuid', { name: 'notice_id' })
  noticeId: string;

  /** 1, 2, 3 … in its contest. */
  @Column('int')
  number: number;

  /** What it is about; null for the notice as a whole. */
  @Column('uuid', { name: 'submission_id', nullable: true })
  submissionId: string | null;

  /** Who wrote it, where somebody was signed in: then it is among their own data. Nobody is shown it. */
  @Index('objections_account')
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId: string | null;

  @Column('text')
  name: string;

  @Column('text')
  phone: string;

  @Column('text')
  text: string;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt: Date;

  /** SHA-256 of the token under which whoever wrote it finds the answer. */
  @Index('objections_token', { unique: true })
  @Column('text', { name: 'token_hash' })
  tokenHash: string;

  /** SHA-256 of the ticket that it was sent with: each is good once. */
  @Index('objections_ticket', { unique: true })
  @Column('text', { name: 'ticket_hash' })
  ticketHash: string;

  /** Keyed hash of the address that it came from, for counting; dropped after a day. */
  @Column('text', { name: 'address_hash', nullable: true })
  addressHash: string | null;

  @Column('text', { default: '' })
  answer: string;

  /** Whether the answer stands under the notice for everybody. */
  @Column('boolean', { name: 'answer_public', default: false })
  answerPublic: boolean;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column('uuid', { name: 'answered_by', nullable: true })
  answeredBy: string | null;

  /** When name, telephone, text and files go, and an answer that is not public. */
  @Column('timestamptz', { name: 'purge_at' })
  purgeAt: Date;

  @Column('timestamptz', { name: 'purged_at', nullable: true })
  purgedAt: Date | null;
}

/** A file that came with an objection. Its row is there before the file is, so that none is left that nothing names. */
@Entity('objection_files')
export class ObjectionFile {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'PK_objection_files' })
  id: string;

  @Index('objection_files_objection')
  @Column('uuid', { name: 'objection_id' })
  objectionId: string;

  @Column('int')
  position: number;

  /** As its sender called it. */
  @Column('text')
  name: string;

  @Column('text')
  mime: string;

  @Column('int')
  bytes: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'dingge_now()' })
  createdAt: Date;
}

/** Where storage has such a file. */
export function objectionFileKey(id: string): string {
  return `objections/${id.slice(0, 2)}/${id}`;
}
