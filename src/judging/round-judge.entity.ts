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
}
