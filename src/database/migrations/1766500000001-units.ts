import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units of authors and judges, and the conflicts that follow from them. */
export class Units1766500000001 implements MigrationInterface {
  name = 'Units1766500000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      `CREATE TABLE "units" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "name" text NOT NULL, CONSTRAINT "PK_units" PRIMARY KEY ("id"))`,
      `CREATE UNIQUE INDEX "units_of_contest" ON "units" ("contest_id", "name")`,
      `CREATE TABLE "unit_members" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "unit_id" uuid NOT NULL, "author_id" uuid, "judge_id" uuid, CONSTRAINT "unit_members_one_person" CHECK (num_nonnulls(author_id, judge_id) = 1), CONSTRAINT "PK_unit_members" PRIMARY KEY ("id"))`,
      `CREATE INDEX "unit_members_unit" ON "unit_members" ("unit_id")`,
      `CREATE UNIQUE INDEX "unit_members_judge" ON "unit_members" ("contest_id", "judge_id") WHERE judge_id IS NOT NULL`,
      `CREATE UNIQUE INDEX "unit_members_author" ON "unit_members" ("author_id") WHERE author_id IS NOT NULL`,
      `ALTER TABLE "unit_members" ADD CONSTRAINT "FK_unit_members_unit" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
      `ALTER TABLE "unit_members" ADD CONSTRAINT "FK_unit_members_author" FOREIGN KEY ("author_id") REFERENCES "authors"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      `ALTER TABLE "judge_conflicts" ADD "unit_id" uuid`,
      `ALTER TABLE "judge_conflicts" ADD "automatic" boolean NOT NULL DEFAULT false`,
      `ALTER TABLE "judge_conflicts" ADD "lifted_at" TIMESTAMP WITH TIME ZONE`,
      `ALTER TABLE "judge_conflicts" ADD "lift_reason" text`,
      `ALTER TABLE "judge_conflicts" DROP CONSTRAINT "judge_conflicts_one_target"`,
      `ALTER TABLE "judge_conflicts" ADD CONSTRAINT "judge_conflicts_one_target" CHECK (num_nonnulls(author_id, community_id, submission_id, unit_id) = 1)`,
      `CREATE UNIQUE INDEX "judge_conflicts_own_unit" ON "judge_conflicts" ("judge_id", "unit_id") WHERE automatic`,
      `ALTER TABLE "judge_conflicts" ADD CONSTRAINT "FK_judge_conflicts_unit" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    ]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      `DELETE FROM "judge_conflicts" WHERE "unit_id" IS NOT NULL`,
      `ALTER TABLE "judge_conflicts" DROP CONSTRAINT "judge_conflicts_one_target"`,
      `ALTER TABLE "judge_conflicts" DROP COLUMN "unit_id", DROP COLUMN "automatic", DROP COLUMN "lifted_at", DROP COLUMN "lift_reason"`,
      `ALTER TABLE "judge_conflicts" ADD CONSTRAINT "judge_conflicts_one_target" CHECK (num_nonnulls(author_id, community_id, submission_id) = 1)`,
      `DROP TABLE "unit_members"`,
      `DROP TABLE "units"`,
    ]) {
      await runner.query(statement);
    }
  }
}
