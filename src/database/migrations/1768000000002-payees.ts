import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked of winners so that their prizes can be paid, and how they are. */
export class Payees1768000000002 implements MigrationInterface {
  name = 'Payees1768000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "payees" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "submission_id" uuid NOT NULL, "tier_id" uuid NOT NULL, "link_hash" text, "link_expires_at" TIMESTAMP WITH TIME ZONE, "filled_at" TIMESTAMP WITH TIME ZONE, "key_id" text, "sealed" text, "person_hash" text, "account_hash" text, "original_confirmed_at" TIMESTAMP WITH TIME ZONE, "purge_at" TIMESTAMP WITH TIME ZONE, "purged_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_payees" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "payees_contest" ON "payees" ("contest_id")`);
    await runner.query(`CREATE UNIQUE INDEX "payees_link" ON "payees" ("link_hash")`);
    await runner.query(`CREATE UNIQUE INDEX "payees_award" ON "payees" ("submission_id", "tier_id")`);
    await runner.query(
      `CREATE TABLE "payment_settings" ("contest_id" uuid NOT NULL, "taxes" jsonb NOT NULL DEFAULT '{}', "purge_days" integer NOT NULL DEFAULT '180', CONSTRAINT "PK_payment_settings" PRIMARY KEY ("contest_id"))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "payment_settings"');
    await runner.query('DROP TABLE "payees"');
  }
}
