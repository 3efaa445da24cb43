import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The public notice in its versions, and what is objected to it. */
export class Notices1768000000001 implements MigrationInterface {
  name = 'Notices1768000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "notices" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "version" integer NOT NULL, "content" jsonb NOT NULL, "reason" text NOT NULL DEFAULT '', "published_at" TIMESTAMP WITH TIME ZONE NOT NULL, "published_on" text NOT NULL, "last_day" text NOT NULL, "closes_at" TIMESTAMP WITH TIME ZONE NOT NULL, "published_by" uuid NOT NULL, "audit_head" text NOT NULL, CONSTRAINT "PK_notices" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "notices_version" ON "notices" ("contest_id", "version")`);
    await runner.query(
      `CREATE TABLE "objections" ("id" uuid NOT NULL, "contest_id" uuid NOT NULL, "notice_id" uuid NOT NULL, "number" integer NOT NULL, "submission_id" uuid, "name" text NOT NULL, "phone" text NOT NULL, "text" text NOT NULL, "received_at" TIMESTAMP WITH TIME ZONE NOT NULL, "token_hash" text NOT NULL, "ticket_hash" text NOT NULL, "address_hash" text, "answer" text NOT NULL DEFAULT '', "answer_public" boolean NOT NULL DEFAULT false, "answered_at" TIMESTAMP WITH TIME ZONE, "answered_by" uuid, CONSTRAINT "PK_objections" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "objections_number" ON "objections" ("contest_id", "number")`);
    await runner.query(`CREATE INDEX "objections_notice" ON "objections" ("notice_id")`);
    await runner.query(`CREATE UNIQUE INDEX "objections_token" ON "objections" ("token_hash")`);
    await runner.query(`CREATE UNIQUE INDEX "objections_ticket" ON "objections" ("ticket_hash")`);
    await runner.query(
      `CREATE TABLE "objection_files" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "objection_id" uuid NOT NULL, "position" integer NOT NULL, "name" text NOT NULL, "mime" text NOT NULL, "bytes" integer NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT dingge_now(), CONSTRAINT "PK_objection_files" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "objection_files_objection" ON "objection_files" ("objection_id")`);
    // What was published stays as it was.
    await runner.query(
      `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "notices"
        FOR EACH STATEMENT EXECUTE FUNCTION dingge_refuse_change()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['objection_files', 'objections', 'notices']) {
      await runner.query(`DROP TABLE "${table}"`);
    }
  }
}
