import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A code that was sent to a phone. Everything is in it as a keyed hash: the table holds no number and no code. */
@Entity('one_time_codes')
@Index(['phoneHash', 'createdAt'])
@Index(['addressHash', 'createdAt'])
export class OneTimeCode {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text', { name: 'phone_hash' })
  phoneHash: string;

  /** Of the network address that asked. */
  @Column('text', { name: 'address_hash' })
  addressHash: string;

  /** Of code, phone and purpose; null where nothing was sent, which only counts against those who ask. */
  @Column('text', { name: 'code_hash', nullable: true })
  codeHash: string | null;

  @Column('int', { default: 0 })
  tries: number;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;

  @Index()
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
