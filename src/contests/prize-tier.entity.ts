import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Category } from './category.entity.js';

/** A prize tier: how many awards of which amount. Position 0 is the highest. */
@Entity('prize_tiers')
@Index(['categoryId', 'position'], { unique: true })
export class PrizeTier {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'category_id' })
  categoryId: string;

  @ManyToOne(() => Category, (category) => category.prizeTiers, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'category_id' })
  category: Relation<Category>;

  @Column('int')
  position: number;

  @Column('text')
  name: string;

  @Column('int')
  quota: number;

  @Column('int', { name: 'amount_yuan' })
  amountYuan: number;

  /** The least score for it, a decimal; null for none. */
  @Column('text', { nullable: true })
  floor: string | null;

  /** The most prizes of this tier for one author; null for no limit. */
  @Column('int', { name: 'person_limit', nullable: true })
  personLimit: number | null;
}
