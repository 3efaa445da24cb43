import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** 获奖: a work's place in a prize tier by a locked result. */
@Entity('awards')
@Index(['tierId', 'position'], { unique: true })
export class Award {
  @PrimaryColumn('uuid', { name: 'result_id' })
  resultId: string;

  @PrimaryColumn('uuid', { name: 'submission_id' })
  submissionId: string;

  @Column('uuid', { name: 'tier_id' })
  tierId: string;

  /** 0 is the tier's first. The unique pair keeps a tier from being filled twice. */
  @Column('int')
  position: number;

  /** The author's name as the locked result was published with it, where the person was erased since. */
  @Column('text', { name: 'printed_name', nullable: true })
  printedName: string | null;
}
