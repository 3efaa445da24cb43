import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Uploads that go on after an interruption, and how long after the deadline one begun before it may end. */
export class ResumableUploads1764400000000 implements MigrationInterface {
  name = 'ResumableUploads1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "uploads"`);
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "upload_grace_seconds"`);
  }
}

const statements = [
  `ALTER TABLE "contests" ADD "upload_grace_seconds" integer NOT NULL DEFAULT '1800'`,
  `CREATE TABLE "uploads" (
     "id" uuid NOT NULL DEFAULT gen_random_uuid(),
     "contest_id" uuid NOT NULL,
     "account_id" uuid NOT NULL,
     "submission_id" uuid NOT NULL,
     "name" text NOT NULL,
     "bytes" bigint NOT NULL,
     "mark" text,
     "last_modified" bigint,
     "received" bigint NOT NULL DEFAULT '0',
     "state" text NOT NULL DEFAULT 'receiving',
     "media_id" uuid,
     "error" jsonb,
     "begun_at" timestamptz NOT NULL DEFAULT dingge_now(),
     "finished_at" timestamptz,
     "expires_at" timestamptz NOT NULL,
     "lease_holder" uuid,
     "lease_until" timestamptz,
     CONSTRAINT "PK_uploads" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_cf219b849b4489fd542fdefcc7" ON "uploads" ("submission_id")`,
  `CREATE INDEX "IDX_8776182021e8fbc67e335dfb22" ON "uploads" ("account_id", "contest_id")`,
];
