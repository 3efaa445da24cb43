import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the processing of a video is, in percent; only while it runs. */
export class MediaProgress1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "media" ADD "progress" smallint`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "media" DROP COLUMN "progress"`);
  }
}
