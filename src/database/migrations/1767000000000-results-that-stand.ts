import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scoring rules of rounds, award rules of categories, works of a result line by line, versions that supersede. */
export class ResultsThatStand1767000000000 implements MigrationInterface {
  name = 'ResultsThatStand1767000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "rounds" ADD "scoring" jsonb NOT NULL DEFAULT '{
      "trim": null, "rounding": {"sheet": null, "score": null},
      "ties": ["criterion", "untrimmed_mean", "median", "sorted_marks", "chair", "earlier_submission"]}'`);
    await runner.query(`ALTER TABLE "rounds" ALTER COLUMN "scoring" DROP DEFAULT`);
    await runner.query(`ALTER TABLE "categories"
      ADD "person_limit" integer,
      ADD "quota_ties" text NOT NULL DEFAULT 'resolve',
      ADD "promotion" text NOT NULL DEFAULT 'cascade'`);
    await runner.query(`UPDATE categories SET person_limit = 1 WHERE one_prize_per_person`);
    await runner.query(`ALTER TABLE "categories" DROP COLUMN "one_prize_per_person"`);
    await runner.query(`ALTER TABLE "prize_tiers" ADD "floor" text, ADD "person_limit" integer`);
    await runner.query(
      `ALTER TABLE "contests" ADD "person_limit" integer, ADD "second_lock" boolean NOT NULL DEFAULT false`,
    );
    await runner.query(
      `ALTER TABLE "results" ADD "version" integer, ADD "supersedes" uuid, ADD "reason_hash" text`,
    );
    await runner.query(
      `CREATE TABLE "result_entries" ("result_id" uuid NOT NULL, "place" integer NOT NULL, "submission_id" uuid NOT NULL, "tier_id" uuid, "line" json NOT NULL, CONSTRAINT "PK_result_entries" PRIMARY KEY ("result_id", "place"))`,
    );
    await runner.query(
      `CREATE INDEX "result_entries_awarded" ON "result_entries" ("result_id") WHERE tier_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE TABLE "tie_decisions" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "round_id" uuid NOT NULL, "order" uuid array NOT NULL, "reason_hash" text NOT NULL, "decided_by" uuid NOT NULL, "decided_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_tie_decisions" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "tie_decisions_of_round" ON "tie_decisions" ("round_id")`);
    await this.carryOver(runner);
    await runner.query(APPEND_ONLY);
  }

  /** What was locked stays as it was said; dry runs of the earlier arithmetic can be run again. */
  private async carryOver(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM results WHERE status = 'dry'`);
    await runner.query(`UPDATE results SET version = 1`);
    await runner.query(`
      INSERT INTO result_entries (result_id, place, submission_id, tier_id, line)
      SELECT r.id, (e->>'place')::int, (e->>'id')::uuid, (e->>'tier')::uuid,
             json_build_object('id', e->'id', 'place', e->'place', 'score', e->'score', 'exact', e->'exact',
               'tier', e->'tier', 'skipped', e->'skipped', 'passed', '[]'::json, 'overridden', false,
               'sequence', s.submitted_seq, 'sheets', json_array_length((e->'sum')::json), 'group', e->'place',
               'decidedBy', e->'tieBrokenBy', 'person', COALESCE(a.merged_into, a.id), 'excluded', null)
        FROM results r, jsonb_array_elements(r.content->'entries') AS e
        JOIN submissions s ON s.id = (e->>'id')::uuid JOIN authors a ON a.id = s.author_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER locked_stays ON "results"`);
    await runner.query(`DROP FUNCTION dingge_locked_stays()`);
    await runner.query(`DROP TABLE "tie_decisions"`);
    await runner.query(`DROP TABLE "result_entries"`);
    await runner.query(
      `ALTER TABLE "results" DROP COLUMN "reason_hash", DROP COLUMN "supersedes", DROP COLUMN "version"`,
    );
    await runner.query(`ALTER TABLE "contests" DROP COLUMN "second_lock", DROP COLUMN "person_limit"`);
    await runner.query(`ALTER TABLE "prize_tiers" DROP COLUMN "person_limit", DROP COLUMN "floor"`);
    await runner.query(`ALTER TABLE "categories" ADD "one_prize_per_person" boolean NOT NULL DEFAULT true`);
    await runner.query(`UPDATE categories SET one_prize_per_person = person_limit IS NOT DISTINCT FROM 1`);
    await runner.query(
      `ALTER TABLE "categories" DROP COLUMN "promotion", DROP COLUMN "quota_ties", DROP COLUMN "person_limit"`,
    );
    await runner.query(`ALTER TABLE "rounds" DROP COLUMN "scoring"`);
  }
}

/** Works of a result, and the chair's decisions, are never changed; of a locked result only that another superseded it. */
const APPEND_ONLY = `
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "result_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION dingge_refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "tie_decisions"
    FOR EACH STATEMENT EXECUTE FUNCTION dingge_refuse_change();
  CREATE FUNCTION dingge_locked_stays() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'locked' AND NEW.status = 'superseded'
       AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a locked result stays as it is';
  END $$;
  CREATE TRIGGER locked_stays BEFORE UPDATE OR DELETE ON "results"
    FOR EACH ROW WHEN (OLD.status IN ('locked', 'superseded')) EXECUTE FUNCTION dingge_locked_stays()`;
