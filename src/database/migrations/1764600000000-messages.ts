import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages on the site and by e-mail, one-time codes, and repair with a date of its own. */
export class Messages1764600000000 implements MigrationInterface {
  name = 'Messages1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "mails" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "account_id" uuid NOT NULL, "to_name" text NOT NULL, "to_address" text NOT NULL, "language" text NOT NULL, "contest_id" uuid, "about" text, "kind" text NOT NULL, "params" jsonb NOT NULL, "status" text NOT NULL DEFAULT 'pending', "version" integer NOT NULL DEFAULT '1', "attempts" integer NOT NULL DEFAULT '0', "error" text, "due_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), "settled_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "PK_218248d7dfe1b739f06e2309349" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_d4b2ebf0bfe419bcaa7e01f7b1" ON "mails" ("account_id")`);
    await runner.query(
      `CREATE INDEX "IDX_aee835cf9e7c9aa5ffac426389" ON "mails" ("due_at") WHERE status = 'pending'`,
    );
    await runner.query(
      `CREATE TABLE "messages" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "seq" BIGSERIAL NOT NULL, "account_id" uuid NOT NULL, "contest_id" uuid, "about" text, "kind" text NOT NULL, "params" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT dingge_now(), "read_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_18325f38ae6de43878487eff986" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_24f3c23796eb8e731ad4e85a38" ON "messages" ("account_id") WHERE read_at IS NULL`,
    );
    await runner.query(`CREATE INDEX "IDX_61d35affd900a78557a5f9637d" ON "messages" ("account_id", "seq")`);
    await runner.query(
      `CREATE TABLE "one_time_codes" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "phone_hash" text NOT NULL, "address_hash" text NOT NULL, "code_hash" text, "tries" integer NOT NULL DEFAULT '0', "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "used_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_ae6fc30aa12eeae02fec8d6b63e" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_41efc2a2568a3271a75f5dbdba" ON "one_time_codes" ("created_at")`);
    await runner.query(
      `CREATE INDEX "IDX_194976422cd2737d4474e89fe6" ON "one_time_codes" ("address_hash", "created_at")`,
    );
    await runner.query(
      `CREATE INDEX "IDX_4df33aa2b1a56977df61f97d68" ON "one_time_codes" ("phone_hash", "created_at")`,
    );
    await runner.query(`ALTER TABLE "accounts" ADD "email_confirmed_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "accounts" ADD "pending_email" text`);
    await runner.query(`ALTER TABLE "accounts" ADD "pending_email_hash" text`);
    await runner.query(`ALTER TABLE "accounts" ADD "pending_email_until" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "accounts" ADD "language" text NOT NULL DEFAULT 'zh'`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_cdc4baad5c26445622c2b85596" ON "accounts" ("pending_email_hash") WHERE pending_email_hash IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE "contests" ADD "repair_hours" integer NOT NULL DEFAULT '24'`);
    await runner.query(`ALTER TABLE "submissions" ADD "repair_until" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "submissions" ADD "repair_reminder_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(
      `CREATE INDEX "IDX_fb54694aee80be7e8ffb8c49fc" ON "submissions" ("repair_reminder_at") WHERE repair_reminder_at IS NOT NULL`,
    );
    // What was sent back before there were dates has as long as if it were sent back now.
    await runner.query(
      `UPDATE submissions s SET repair_until = greatest(c.closes_at, dingge_now() + interval '48 hours')
         FROM contests c WHERE c.id = s.contest_id AND s.status = 'returned'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."IDX_fb54694aee80be7e8ffb8c49fc"`);
    await runner.query(`ALTER TABLE "submissions" DROP COLUMN "repair_reminder_at"`);
    await runner.query(`ALTER TABLE "submissions" DROP COLUMN "repair_until"`);
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "repair_hours"`);
    await runner.query(`DROP INDEX "public"."IDX_cdc4baad5c26445622c2b85596"`);
    await runner.query(`ALTER TABLE "accounts" DROP COLUMN "language"`);
    await runner.query(`ALTER TABLE "accounts" DROP COLUMN "pending_email_until"`);
    await runner.query(`ALTER TABLE "accounts" DROP COLUMN "pending_email_hash"`);
    await runner.query(`ALTER TABLE "accounts" DROP COLUMN "pending_email"`);
    await runner.query(`ALTER TABLE "accounts" DROP COLUMN "email_confirmed_at"`);
    for (const table of ['one_time_codes', 'messages', 'mails']) await runner.query(`DROP TABLE "${table}"`);
  }
}
