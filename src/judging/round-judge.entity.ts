import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A judge on the panel of a round. Position makes 评委1…n. */
@Entity('round_judges')
@Index(['judgeId'])
export class RoundJudge {
  @PrimaryColumn('uuid', { name: 'round_id' })
  roundId: string;

  @PrimaryColumn('uuid', { name: 'judge_id' })
  judgeId: string;

  @Column('int')
  position: number;

  /** Since when this judge takes no more works; what was submitted before counts. */
  @Column('timestamptz', { name: 'left_at', nullable: true })
  leftAt: Date | null;

  /** In whose place this judge came: works that the other one submitted are done. */
  @Column('uuid', { name: 'replaces_id', nullable: true })
  replacesId: string | null;

  /** Somebody makes all of this judge's marks again: none counts. */
  @Column('boolean', { default: false })
  superseded: boolean;

  /** The deadline of which this judge was reminded by itself; another one is reminded of again. */
  @Column('timestamptz', { name: 'reminded_for', nullable: true })
  remindedFor: Date | null;
}
