import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** 证书: the number under which a work's prize was certified. It stays, and says 已失效 once the prize is another's. */
@Entity('certificates')
@Index('certificates_once', ['submissionId', 'tierId'], { unique: true })
export class Certificate {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_certificates' })
  number: string;

  @Index('certificates_contest')
  @Column('uuid', { name: 'contest_id' })
  contestId: string;

  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('uuid', { name: 'tier_id' })
  tierId: string;

  /** When its result was locked: the date on the paper, whenever it is printed. */
  @Column('timestamptz', { name: 'awarded_at' })
  awardedAt: Date;

  @Column('timestamptz', { name: 'issued_at', default: () => 'dingge_now()' })
  issuedAt: Date;
}
