import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures of whole size that were asked for and are still to be made. */
export class WholeSizes1766500000000 implements MigrationInterface {
  name = 'WholeSizes1766500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "whole_sizes" ("media_id" uuid NOT NULL, "status" text NOT NULL DEFAULT 'pending', "version" integer NOT NULL DEFAULT '1', "attempts" integer NOT NULL DEFAULT '0', "error" text, "queued_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), CONSTRAINT "PK_whole_sizes" PRIMARY KEY ("media_id"))`,
    );
    await runner.query(
      `CREATE INDEX "whole_sizes_pending" ON "whole_sizes" ("queued_at") WHERE status = 'pending'`,
    );
    await runner.query(
      `ALTER TABLE "whole_sizes" ADD CONSTRAINT "FK_whole_sizes_media" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "whole_sizes"');
  }
}
