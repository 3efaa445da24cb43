import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A person who can sign in. Who made a work is an author, which is often somebody else. */
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Index({ unique: true, where: 'phone IS NOT NULL' })
  @Column('text', { nullable: true })
  phone: string | null;

  @Index({ unique: true, where: 'email IS NOT NULL' })
  @Column('text', { nullable: true })
  email: string | null;

  /** argon2id in PHC form; null until an invitation is taken up. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  /** A printed password opens nothing but the page that changes it. */
  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword: boolean;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
