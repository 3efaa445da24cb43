import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ContentEntry } from './content.js';

/** A ranked work of a result: a row each, so that a result of a million works is written and read by pages. Append-only. */
@Entity('result_entries')
@Index('result_entries_awarded', ['resultId'], { where: 'tier_id IS NOT NULL' })
export class ResultEntry {
  @PrimaryColumn('uuid', { name: 'result_id' })
  resultId: string;

  @PrimaryColumn('int')
  place: number;

  @Column('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('uuid', { name: 'tier_id', nullable: true })
  tierId: string | null;

  /** Canonical JSON, kept as the very text that the result's hash covers. */
  @Column('json')
  line: ContentEntry;
}
