import { CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A grant whose links are dead: the task of a judge who stepped back or was removed. */
@Entity('revoked_grants')
export class RevokedGrant {
  @PrimaryColumn('uuid')
  id: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
