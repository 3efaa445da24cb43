import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rounds of three kinds, k judges a work, selections from round to round, and panels that change while they judge. */
export class RoundsOfKinds1765000000000 implements MigrationInterface {
  name = 'RoundsOfKinds1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "rounds"
      ADD "per_submission" integer,
      ADD "planned_judges" integer,
      ADD "quorum" integer,
      ADD "pass_percent" integer,
      ADD "tokens" integer,
      ADD "source_ids" uuid array NOT NULL DEFAULT '{}',
      ADD "of_tied" boolean NOT NULL DEFAULT false,
      ADD "selection" jsonb,
      ADD "deadline_at" TIMESTAMP WITH TIME ZONE,
      ADD "instructions" text NOT NULL DEFAULT '',
      ADD "comments" boolean NOT NULL DEFAULT true`);
    // Until now every round was all judges × all works.
    await runner.query(`UPDATE rounds r SET planned_judges = (SELECT count(*) FROM round_judges p WHERE p.round_id = r.id)
                         WHERE status <> 'draft'`);
    await runner.query(`ALTER TABLE "round_entries"
      ADD "removed_at" TIMESTAMP WITH TIME ZONE,
      ADD "removed_reason" text,
      ADD "selected" text`);
    await runner.query(
      `ALTER TABLE "round_judges" ADD "left_at" TIMESTAMP WITH TIME ZONE, ADD "replaces_id" uuid, ADD "superseded" boolean NOT NULL DEFAULT false`,
    );
    await runner.query(
      `CREATE TABLE "judge_conflicts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "judge_id" uuid NOT NULL, "author_id" uuid, "community_id" uuid, "submission_id" uuid, "reason" text NOT NULL, "created_by" uuid NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_judge_conflicts" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `ALTER TABLE "judge_conflicts" ADD CONSTRAINT "judge_conflicts_one_target" CHECK (num_nonnulls(author_id, community_id, submission_id) = 1)`,
    );
    await runner.query(
      `CREATE INDEX "judge_conflicts_of_judge" ON "judge_conflicts" ("contest_id", "judge_id")`,
    );
    await runner.query(`ALTER TABLE "contests" ADD "marks_before_close" boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "marks_before_close"`);
    await runner.query(`DROP TABLE "judge_conflicts"`);
    await runner.query(
      `ALTER TABLE "round_judges" DROP COLUMN "superseded", DROP COLUMN "replaces_id", DROP COLUMN "left_at"`,
    );
    await runner.query(
      `ALTER TABLE "round_entries" DROP COLUMN "selected", DROP COLUMN "removed_reason", DROP COLUMN "removed_at"`,
    );
    await runner.query(`ALTER TABLE "rounds"
      DROP COLUMN "comments", DROP COLUMN "instructions", DROP COLUMN "deadline_at", DROP COLUMN "selection",
      DROP COLUMN "of_tied", DROP COLUMN "source_ids", DROP COLUMN "tokens", DROP COLUMN "pass_percent",
      DROP COLUMN "quorum", DROP COLUMN "planned_judges", DROP COLUMN "per_submission"`);
  }
}
