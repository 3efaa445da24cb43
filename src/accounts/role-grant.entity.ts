import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** An account becomes entrant of a contest with its first work there; the other roles are granted by people. */
export const grantedRoles = ['admin', 'organiser', 'judge', 'entrant'] as const;
export type GrantedRole = (typeof grantedRoles)[number];

/** A role held in one contest; the contest is a plain id, for accounts know no contests. Admins hold theirs everywhere. */
@Entity('role_grants')
@Index(['accountId', 'contestId', 'role'], { unique: true, where: 'contest_id IS NOT NULL' })
@Index(['accountId', 'role'], { unique: true, where: 'contest_id IS NULL' })
export class RoleGrant {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Index()
  @Column('uuid', { name: 'contest_id', nullable: true })
  contestId: string | null;

  @Column('text')
  role: GrantedRole;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
