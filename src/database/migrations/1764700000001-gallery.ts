import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a contest shows its winners' works, and which of them anybody may see. */
export class Gallery1764700000001 implements MigrationInterface {
  name = 'Gallery1764700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "publications" ("id" uuid NOT NULL, "contest_id" uuid NOT NULL, "submission_id" uuid NOT NULL, "published_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_2c4e732b044e09139d2f1065fae" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_e15b8560d1a349d1ebf2798012" ON "publications" ("contest_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_4104f3aacace257529efad840c" ON "publications" ("submission_id")`,
    );
    await runner.query(`ALTER TABLE "contests" ADD "gallery" text NOT NULL DEFAULT 'off'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "gallery"`);
    await runner.query('DROP TABLE "publications"');
  }
}
