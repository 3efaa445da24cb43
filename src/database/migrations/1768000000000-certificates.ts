import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers of certificates, and what a contest's papers say beside its results. */
export class Certificates1768000000000 implements MigrationInterface {
  name = 'Certificates1768000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "notice_settings" ("contest_id" uuid NOT NULL, "issuer" text NOT NULL DEFAULT '', "contact" text NOT NULL DEFAULT '', "phone" text NOT NULL DEFAULT '', "email" text NOT NULL DEFAULT '', "working_days" integer NOT NULL DEFAULT '5', "days_off" text array NOT NULL DEFAULT '{}', "extra_work_days" text array NOT NULL DEFAULT '{}', CONSTRAINT "PK_notice_settings" PRIMARY KEY ("contest_id"))`,
    );
    await runner.query(
      `CREATE TABLE "certificates" ("number" text NOT NULL, "contest_id" uuid NOT NULL, "submission_id" uuid NOT NULL, "tier_id" uuid NOT NULL, "awarded_at" TIMESTAMP WITH TIME ZONE NOT NULL, "issued_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT dingge_now(), CONSTRAINT "PK_certificates" PRIMARY KEY ("number"))`,
    );
    await runner.query(`CREATE INDEX "certificates_contest" ON "certificates" ("contest_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "certificates_once" ON "certificates" ("submission_id", "tier_id")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "certificates"');
    await runner.query('DROP TABLE "notice_settings"');
  }
}
