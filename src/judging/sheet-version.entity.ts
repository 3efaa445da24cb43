import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Marks by criterion id; null is no mark, never a nought. */
export type Marks = Record<string, number | null>;

/** One saved state of a sheet. Versions are added, never changed: a trigger refuses it. */
@Entity('sheet_versions')
export class SheetVersion {
  @PrimaryColumn('uuid', { name: 'task_id' })
  taskId: string;

  @PrimaryColumn('int')
  version: number;

  @Column('jsonb')
  marks: Marks;

  @Column('text', { default: '' })
  comment: string;

  @Column('boolean')
  submitted: boolean;

  @Column('uuid', { name: 'actor_id' })
  actorId: string;

  @Column('timestamptz', { name: 'saved_at' })
  savedAt: Date;
}
