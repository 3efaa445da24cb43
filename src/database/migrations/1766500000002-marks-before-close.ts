import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether organisers see marks before the close is a setting of the contest that a round freezes as it opens. */
export class MarksBeforeClose1766500000002 implements MigrationInterface {
  name = 'MarksBeforeClose1766500000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "rounds" ADD "marks_before_close" boolean NOT NULL DEFAULT false`);
    await runner.query(
      `UPDATE "rounds" r SET "marks_before_close" = c."marks_before_close" FROM "contests" c
        WHERE c."id" = r."contest_id" AND r."status" <> 'draft'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "rounds" DROP COLUMN "marks_before_close"`);
  }
}
