import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Perceptual hashes that can be searched, and the pairs of files that are or look the same. Fingerprints from
 * before are of another kind: such files are compared by content only.
 */
export class NearDuplicates1764200000000 implements MigrationInterface {
  name = 'NearDuplicates1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "media_hashes" ("media_id" uuid NOT NULL, "frame" smallint NOT NULL, "view" smallint NOT NULL, "contest_id" uuid NOT NULL, "whole" boolean NOT NULL, "hash" bigint NOT NULL, CONSTRAINT "PK_b065f87a9752fcecaeed0a2ba7b" PRIMARY KEY ("media_id", "frame", "view"))`,
    );
    for (const [band, shift] of [48, 32, 16, 0].entries()) {
      await runner.query(
        `CREATE INDEX "media_hashes_band${band}" ON "media_hashes" ("contest_id", "whole", (("hash" >> ${shift}) & 65535)) INCLUDE ("hash", "media_id")`,
      );
    }
    await runner.query(
      `CREATE TABLE "near_duplicates" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "first_id" uuid NOT NULL, "second_id" uuid NOT NULL, "kind" text NOT NULL, "likeness" real NOT NULL, "found_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), "dismissed_at" TIMESTAMP WITH TIME ZONE, "dismissed_by" uuid, CONSTRAINT "PK_e4b6e9b560ea0d8d43085996211" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_6ce727d540b8fa6ae033ca9695" ON "near_duplicates" ("second_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_7c1f6ec6f67ec24004d0ee86ee" ON "near_duplicates" ("first_id", "second_id")`,
    );
    await runner.query(
      `ALTER TABLE "media_hashes" ADD CONSTRAINT "FK_5c2ea6b992c9358e0afb694ebdb" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "near_duplicates" ADD CONSTRAINT "FK_22d30153ed0221ef0f150a83a74" FOREIGN KEY ("first_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "near_duplicates" ADD CONSTRAINT "FK_6ce727d540b8fa6ae033ca96955" FOREIGN KEY ("second_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(`UPDATE media SET fingerprint = '[]' WHERE fingerprint IS NOT NULL`);
    await runner.query(
      `INSERT INTO near_duplicates (contest_id, first_id, second_id, kind, likeness)
       SELECT a.contest_id, a.id, b.id, 'exact', 1
         FROM media a JOIN media b ON b.sha256 = a.sha256 AND b.contest_id = a.contest_id AND b.id > a.id
        WHERE a.live AND b.live`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE media SET fingerprint = NULL');
    await runner.query('DROP TABLE "near_duplicates"');
    await runner.query('DROP TABLE "media_hashes"');
  }
}
