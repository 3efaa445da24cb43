import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that were given up, what stays of their works, and how often somebody takes his own data away. */
export class Erasure1764800000000 implements MigrationInterface {
  name = 'Erasure1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "personal_exports" ("account_id" uuid NOT NULL, "since" TIMESTAMP WITH TIME ZONE NOT NULL, "count" integer NOT NULL, "holder" uuid, "held_until" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_personal_exports" PRIMARY KEY ("account_id"))`,
    );
    await runner.query(`ALTER TABLE "accounts" ADD "erased_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "authors" ALTER COLUMN "phone" DROP NOT NULL`);
    await runner.query(`ALTER TABLE "submissions" ADD "anonymised_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(
      `CREATE INDEX "submissions_anonymised" ON "submissions" ("category_id") WHERE anonymised_at IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE "awards" ADD "printed_name" text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "awards" DROP COLUMN "printed_name"`);
    await runner.query(`DROP INDEX "public"."submissions_anonymised"`);
    await runner.query(`ALTER TABLE "submissions" DROP COLUMN "anonymised_at"`);
    await runner.query(`UPDATE "authors" SET "phone" = "id"::text WHERE "phone" IS NULL`);
    await runner.query(`ALTER TABLE "authors" ALTER COLUMN "phone" SET NOT NULL`);
    await runner.query(`ALTER TABLE "accounts" DROP COLUMN "erased_at"`);
    await runner.query(`DROP TABLE "personal_exports"`);
  }
}
