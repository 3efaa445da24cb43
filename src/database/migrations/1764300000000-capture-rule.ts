import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The days between which the works of a contest may have been taken. */
export class CaptureRule1764300000000 implements MigrationInterface {
  name = 'CaptureRule1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "contests" ADD "captured_from" date`);
    await runner.query(`ALTER TABLE "contests" ADD "captured_until" date`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "captured_until"`);
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "captured_from"`);
  }
}
