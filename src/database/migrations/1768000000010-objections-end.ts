import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody told in an objection goes by a date, and goes along with whoever takes all their data away. */
export class ObjectionsEnd1768000000010 implements MigrationInterface {
  name = 'ObjectionsEnd1768000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "objections" ADD "account_id" uuid');
    await runner.query('ALTER TABLE "objections" ADD "purge_at" TIMESTAMP WITH TIME ZONE');
    await runner.query('ALTER TABLE "objections" ADD "purged_at" TIMESTAMP WITH TIME ZONE');
    await runner.query(
      `UPDATE "objections"
          SET "purge_at" = COALESCE("answered_at" + interval '180 days', "received_at" + interval '730 days')`,
    );
    await runner.query('ALTER TABLE "objections" ALTER COLUMN "purge_at" SET NOT NULL');
    await runner.query('CREATE INDEX "objections_account" ON "objections" ("account_id")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "objections_account"');
    for (const column of ['purged_at', 'purge_at', 'account_id']) {
      await runner.query(`ALTER TABLE "objections" DROP COLUMN "${column}"`);
    }
  }
}
