import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of which deadline a judge was reminded: once each. */
export class JudgesReminded1769000000000 implements MigrationInterface {
  name = 'JudgesReminded1769000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "round_judges" ADD "reminded_for" TIMESTAMP WITH TIME ZONE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "round_judges" DROP COLUMN "reminded_for"`);
  }
}
