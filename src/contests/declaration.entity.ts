import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** The promises one by one, as the entrant reads them. */
export interface DeclarationWords {
  zh: string[];
  en: string[];
}

/** What entrants promise, in one version. Never changed: other words are another version, so that it stays known what each of them agreed to. */
@Entity('declarations')
export class Declaration {
  @PrimaryColumn('uuid', { name: 'contest_id' })
  contestId: string;

  @PrimaryColumn('text')
  version: string;

  @Column('jsonb')
  words: DeclarationWords;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
