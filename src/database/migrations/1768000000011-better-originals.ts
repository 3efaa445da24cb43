import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Originals that winners hand in after the judging, beside those that were judged. */
export class BetterOriginals1768000000011 implements MigrationInterface {
  name = 'BetterOriginals1768000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "better_originals" ("judged_id" uuid NOT NULL, "media_id" uuid NOT NULL, CONSTRAINT "PK_better_originals" PRIMARY KEY ("judged_id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "better_originals_media" ON "better_originals" ("media_id")`);
    for (const column of ['judged', 'media']) {
      await runner.query(
        `ALTER TABLE "better_originals" ADD CONSTRAINT "better_originals_of_${column}" FOREIGN KEY ("${column}_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "better_originals"');
  }
}
