import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a file came in around the deadline is asked of its row: by the clock that deadlines go by. */
export class FilesByTheClock1764900000000 implements MigrationInterface {
  name = 'FilesByTheClock1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "media" ALTER COLUMN "created_at" SET DEFAULT dingge_now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "media" ALTER COLUMN "created_at" SET DEFAULT now()`);
  }
}
