import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Readings of stored files on somebody's wish. */
export class FileChecks1764700000000 implements MigrationInterface {
  name = 'FileChecks1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "file_checks" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "account_id" uuid NOT NULL, "media_id" uuid NOT NULL, "started_at" TIMESTAMP WITH TIME ZONE NOT NULL, "finished_at" TIMESTAMP WITH TIME ZONE, "sha256" text, CONSTRAINT "PK_25604c89928818a70f90c4e1b46" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_2f1af4ff6314eae63537cd77cc" ON "file_checks" ("account_id", "started_at")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "file_checks"');
  }
}
