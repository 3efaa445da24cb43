import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every table of the first version, the database's clock, and the rows that nobody may change. */
export class FirstHouse1764000000000 implements MigrationInterface {
  name = 'FirstHouse1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(clock);
    await runner.query('CREATE SEQUENCE submission_order AS bigint');
    await runner.query(
      `CREATE TABLE "accounts" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" text NOT NULL, "phone" text, "email" text, "password_hash" text, "must_change_password" boolean NOT NULL DEFAULT false, "disabled_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_5a7a02c20412299d198e097a8fe" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_361678eb906be28eb648dd9311" ON "accounts" ("phone") WHERE phone IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_8af89d89e6fc2daa0c7e31ed74" ON "accounts" ("email") WHERE email IS NOT NULL`,
    );
    await runner.query(
      `CREATE TABLE "one_time_links" ("token_hash" text NOT NULL, "kind" text NOT NULL, "account_id" uuid NOT NULL, "contest_id" uuid, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "used_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_aacfd2b9e82ddfd3bcc285ea9a9" PRIMARY KEY ("token_hash"))`,
    );
    await runner.query(`CREATE INDEX "IDX_a841e4a982ff406b24d1d4854d" ON "one_time_links" ("account_id")`);
    await runner.query(
      `CREATE TABLE "role_grants" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "account_id" uuid NOT NULL, "contest_id" uuid, "role" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_f7cf33da46b9f884f2d459e0eff" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_39191d352d5226a7f37a5a5466" ON "role_grants" ("contest_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_307004572420545384d09cc76c" ON "role_grants" ("account_id", "role") WHERE contest_id IS NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_957c7cb579e326f11c9ac70a93" ON "role_grants" ("account_id", "contest_id", "role") WHERE contest_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE TABLE "sessions" ("token_hash" text NOT NULL, "account_id" uuid NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_abaa9e068cdd390bc5210f79884" PRIMARY KEY ("token_hash"))`,
    );
    await runner.query(`CREATE INDEX "IDX_da0cf19646ff5c6e3c0284468e" ON "sessions" ("account_id")`);
    await runner.query(
      `CREATE TABLE "sign_in_failures" ("key" text NOT NULL, "count" integer NOT NULL, "blocked_until" TIMESTAMP WITH TIME ZONE NOT NULL, "last_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_9640f740c74e346a74259162542" PRIMARY KEY ("key"))`,
    );
    await runner.query(
      `CREATE TABLE "audit_entries" ("contest_id" uuid NOT NULL, "seq" integer NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "actor_id" uuid, "action" text NOT NULL, "facts" jsonb NOT NULL, "text_hash" text, "previous_hash" text NOT NULL, "hash" text NOT NULL, CONSTRAINT "PK_80cba3c8482c596938eb7a74a47" PRIMARY KEY ("contest_id", "seq"))`,
    );
    await runner.query(`CREATE INDEX "IDX_7064857330342779b2bbd4584c" ON "audit_entries" ("action")`);
    await runner.query(
      `CREATE TABLE "audit_heads" ("contest_id" uuid NOT NULL, "seq" integer NOT NULL, "head" text NOT NULL, CONSTRAINT "PK_c55af9b91322274226066981b19" PRIMARY KEY ("contest_id"))`,
    );
    await runner.query(
      `CREATE TABLE "audit_texts" ("text_hash" text NOT NULL, "contest_id" uuid NOT NULL, "salt" text NOT NULL, "text" text NOT NULL, CONSTRAINT "PK_053ccf07400a93f76725bbe5098" PRIMARY KEY ("text_hash"))`,
    );
    await runner.query(
      `CREATE TABLE "communities" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "name" text NOT NULL, "street" text NOT NULL DEFAULT '', CONSTRAINT "PK_fea1fe83c86ccde9d0a089e7ea2" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_aa83604107f967c6e23b83730e" ON "communities" ("contest_id", "street", "name")`,
    );
    await runner.query(
      `CREATE TABLE "subjects" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "position" integer NOT NULL, "name" text NOT NULL, CONSTRAINT "PK_1a023685ac2b051b4e557b0b280" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_98f93aac46da5b34cb6a81dc36" ON "subjects" ("contest_id", "name")`,
    );
    await runner.query(
      `CREATE TABLE "contests" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "slug" text NOT NULL, "title" text NOT NULL, "full_title" text NOT NULL, "region" text NOT NULL DEFAULT '', "theme" text NOT NULL DEFAULT '', "brief" text NOT NULL DEFAULT '', "time_zone" text NOT NULL, "opens_at" TIMESTAMP WITH TIME ZONE NOT NULL, "closes_at" TIMESTAMP WITH TIME ZONE NOT NULL, "account_quota_bytes" bigint NOT NULL DEFAULT '20000000000', "consent_version" text NOT NULL, "seed" text NOT NULL, "judging_since" TIMESTAMP WITH TIME ZONE, "decided_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_9d34d0f5b13c895c8038b97e5b2" UNIQUE ("slug"), CONSTRAINT "PK_0b8012f5cf6f444a52179e1227a" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "prize_tiers" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "category_id" uuid NOT NULL, "position" integer NOT NULL, "name" text NOT NULL, "quota" integer NOT NULL, "amount_yuan" integer NOT NULL, CONSTRAINT "PK_f765ae609be5519fc454e9f524d" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_10c1720f98f12a0b5d5b1089bb" ON "prize_tiers" ("category_id", "position")`,
    );
    await runner.query(
      `CREATE TABLE "categories" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "position" integer NOT NULL, "key" text NOT NULL, "name" text NOT NULL, "media" text NOT NULL, "limits" jsonb NOT NULL, "criteria" jsonb NOT NULL, "one_prize_per_person" boolean NOT NULL DEFAULT true, "number_prefix" text NOT NULL, "last_number" integer NOT NULL DEFAULT '0', "decided_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_24dbc6126a28ff948da33e97d3b" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_31d9d881239244776b79da3d5b" ON "categories" ("contest_id", "key")`,
    );
    await runner.query(
      `CREATE TABLE "round_entries" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "round_id" uuid NOT NULL, "submission_id" uuid NOT NULL, "code" text NOT NULL, CONSTRAINT "PK_aa811d8f197332ea0268398c803" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_d9814af7db39ae78ccc09ce40d" ON "round_entries" ("round_id", "code")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_8c8c9521f39a32e33e361a8d15" ON "round_entries" ("round_id", "submission_id")`,
    );
    await runner.query(
      `CREATE TABLE "round_judges" ("round_id" uuid NOT NULL, "judge_id" uuid NOT NULL, "position" integer NOT NULL, CONSTRAINT "PK_d0c041c36d6697fdc0e02fb79c7" PRIMARY KEY ("round_id", "judge_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_dc6eab1425bad1bf7d18791fc3" ON "round_judges" ("judge_id")`);
    await runner.query(
      `CREATE TABLE "rounds" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "category_id" uuid NOT NULL, "name" text NOT NULL, "kind" text NOT NULL, "status" text NOT NULL DEFAULT 'draft', "criteria" jsonb NOT NULL, "method" text NOT NULL, "seed" text NOT NULL, "settings_hash" text, "opened_at" TIMESTAMP WITH TIME ZONE, "closed_at" TIMESTAMP WITH TIME ZONE, "close_reason" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_9d254884a20817016e2f877c7e7" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_87c27b883a24750f41aaac93b0" ON "rounds" ("contest_id")`);
    await runner.query(`CREATE INDEX "IDX_0f81f481b580cce7da56e55335" ON "rounds" ("category_id")`);
    await runner.query(
      `CREATE TABLE "sheet_versions" ("task_id" uuid NOT NULL, "version" integer NOT NULL, "marks" jsonb NOT NULL, "comment" text NOT NULL DEFAULT '', "submitted" boolean NOT NULL, "actor_id" uuid NOT NULL, "saved_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_a4f79d84f6376fda23875c91086" PRIMARY KEY ("task_id", "version"))`,
    );
    await runner.query(
      `CREATE TABLE "tasks" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "round_id" uuid NOT NULL, "entry_id" uuid NOT NULL, "judge_id" uuid NOT NULL, "position" integer NOT NULL, "state" text NOT NULL DEFAULT 'open', "version" integer NOT NULL DEFAULT '0', "recusal_reason" text, CONSTRAINT "PK_8d12ff38fcc62aaba2cab748772" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_53fb24a33650b7d61b3fb33516" ON "tasks" ("round_id", "judge_id", "position")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_b6fc682a31ee38ff34dc828ca7" ON "tasks" ("entry_id", "judge_id")`,
    );
    await runner.query(
      `CREATE TABLE "media" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "account_id" uuid NOT NULL, "author_id" uuid NOT NULL, "submission_id" uuid NOT NULL, "position" integer NOT NULL, "live" boolean NOT NULL DEFAULT true, "kind" text NOT NULL, "original_name" text NOT NULL, "mime" text NOT NULL, "bytes" bigint NOT NULL, "sha256" text NOT NULL, "status" text NOT NULL DEFAULT 'pending', "version" integer NOT NULL DEFAULT '1', "attempts" integer NOT NULL DEFAULT '0', "error" text, "width" integer, "height" integer, "duration_ms" integer, "max_duration_ms" integer, "placeholder" text, "facts" jsonb, "fingerprint" jsonb, "renditions" jsonb NOT NULL DEFAULT '[]', "queued_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(), "finished_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_f4e0fcac36e050de337b670d8bd" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_1d4786ba1f346ed194597e7428" ON "media" ("submission_id")`);
    await runner.query(`CREATE INDEX "IDX_a459f2e49c923a3f7f60532f8f" ON "media" ("sha256")`);
    await runner.query(
      `CREATE INDEX "IDX_2d955c0516a3c9c20067573a62" ON "media" ("status", "queued_at") WHERE status = 'pending'`,
    );
    await runner.query(
      `CREATE INDEX "IDX_4718734409f97bd19e28e40a7f" ON "media" ("account_id", "contest_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_919e5231c6485e57ed446d5b44" ON "media" ("contest_id", "author_id", "sha256") WHERE live`,
    );
    await runner.query(
      `CREATE TABLE "revoked_grants" ("id" uuid NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_0e6dcbbe9d89ebfc2880d0f5b23" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "awards" ("result_id" uuid NOT NULL, "submission_id" uuid NOT NULL, "tier_id" uuid NOT NULL, "position" integer NOT NULL, CONSTRAINT "PK_dd12613f61ed5d22e660e8450e2" PRIMARY KEY ("result_id", "submission_id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_4d2fe136956089ae8b71b151df" ON "awards" ("tier_id", "position")`,
    );
    await runner.query(
      `CREATE TABLE "results" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "category_id" uuid NOT NULL, "round_id" uuid NOT NULL, "status" text NOT NULL DEFAULT 'dry', "content" jsonb NOT NULL, "hash" text NOT NULL, "created_by" uuid NOT NULL, "locked_by" uuid, "locked_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_e8f2a9191c61c15b627c117a678" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_13f22f578a88ff308b6e229ddd" ON "results" ("contest_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_58b4dba2deede2fdae2797fb9a" ON "results" ("category_id") WHERE status = 'locked'`,
    );
    await runner.query(
      `CREATE TABLE "authors" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "name" text NOT NULL, "phone" text NOT NULL, "merged_into" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_d2ed02fabd9b52847ccb85e6b88" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_3c987224cf4af5fffc61143154" ON "authors" ("phone")`);
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_9fe94e98dea137f986056289e6" ON "authors" ("contest_id", "name", "phone")`,
    );
    await runner.query(
      `CREATE TABLE "submissions" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "contest_id" uuid NOT NULL, "category_id" uuid NOT NULL, "account_id" uuid NOT NULL, "author_id" uuid NOT NULL, "number" text, "status" text NOT NULL DEFAULT 'draft', "title" text NOT NULL DEFAULT '', "story" text NOT NULL DEFAULT '', "community_id" uuid, "community_name" text, "subject_id" uuid, "douyin_text" text NOT NULL DEFAULT '', "consent_version" text, "submitted_at" TIMESTAMP WITH TIME ZONE, "submitted_seq" bigint, "in_judging" boolean NOT NULL DEFAULT false, "reason" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_10b3be95b8b2fb1e482e07d706b" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_cfef18c673c101a246c3c2fea6" ON "submissions" ("account_id")`);
    await runner.query(`CREATE INDEX "IDX_56a9a3c5a1e37b022a3315e264" ON "submissions" ("author_id")`);
    await runner.query(`CREATE INDEX "IDX_8fbb480825dcce912f37da9863" ON "submissions" ("submitted_seq")`);
    await runner.query(
      `CREATE INDEX "IDX_4b8de6dce4cba16d732156781b" ON "submissions" ("contest_id", "status")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "IDX_4491a2d8ac672b30a6077566f8" ON "submissions" ("contest_id", "number") WHERE number IS NOT NULL`,
    );
    await runner.query(
      `ALTER TABLE "sessions" ADD CONSTRAINT "FK_da0cf19646ff5c6e3c0284468e5" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "communities" ADD CONSTRAINT "FK_a1ae01544325f22e4e2a8354f2a" FOREIGN KEY ("contest_id") REFERENCES "contests"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "subjects" ADD CONSTRAINT "FK_a5a9c592c0d052c097ac045842b" FOREIGN KEY ("contest_id") REFERENCES "contests"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "prize_tiers" ADD CONSTRAINT "FK_4371be235d781ad79883e60284e" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "categories" ADD CONSTRAINT "FK_efdb16d2666724dd08d9341272c" FOREIGN KEY ("contest_id") REFERENCES "contests"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "rounds" ADD CONSTRAINT "FK_0f81f481b580cce7da56e553352" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "tasks" ADD CONSTRAINT "FK_cd3b0d3e4163816cf95468279d4" FOREIGN KEY ("round_id") REFERENCES "rounds"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "tasks" ADD CONSTRAINT "FK_2aecae3fd466ad2f713193014f1" FOREIGN KEY ("entry_id") REFERENCES "round_entries"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "submissions" ADD CONSTRAINT "FK_0dccb549fd59892fac1ad532db2" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "submissions" ADD CONSTRAINT "FK_56a9a3c5a1e37b022a3315e2648" FOREIGN KEY ("author_id") REFERENCES "authors"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "submissions" ADD CONSTRAINT "FK_2b910c8d78c851e9f9591850420" FOREIGN KEY ("community_id") REFERENCES "communities"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "submissions" ADD CONSTRAINT "FK_3d73355304fe8b9545de68304b0" FOREIGN KEY ("subject_id") REFERENCES "subjects"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(refuseChange);
    for (const table of appendOnly) {
      await runner.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "${table}"
        FOR EACH STATEMENT EXECUTE FUNCTION dingge_refuse_change()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "submissions" DROP CONSTRAINT "FK_3d73355304fe8b9545de68304b0"`);
    await runner.query(`ALTER TABLE "submissions" DROP CONSTRAINT "FK_2b910c8d78c851e9f9591850420"`);
    await runner.query(`ALTER TABLE "submissions" DROP CONSTRAINT "FK_56a9a3c5a1e37b022a3315e2648"`);
    await runner.query(`ALTER TABLE "submissions" DROP CONSTRAINT "FK_0dccb549fd59892fac1ad532db2"`);
    await runner.query(`ALTER TABLE "tasks" DROP CONSTRAINT "FK_2aecae3fd466ad2f713193014f1"`);
    await runner.query(`ALTER TABLE "tasks" DROP CONSTRAINT "FK_cd3b0d3e4163816cf95468279d4"`);
    await runner.query(`ALTER TABLE "rounds" DROP CONSTRAINT "FK_0f81f481b580cce7da56e553352"`);
    await runner.query(`ALTER TABLE "categories" DROP CONSTRAINT "FK_efdb16d2666724dd08d9341272c"`);
    await runner.query(`ALTER TABLE "prize_tiers" DROP CONSTRAINT "FK_4371be235d781ad79883e60284e"`);
    await runner.query(`ALTER TABLE "subjects" DROP CONSTRAINT "FK_a5a9c592c0d052c097ac045842b"`);
    await runner.query(`ALTER TABLE "communities" DROP CONSTRAINT "FK_a1ae01544325f22e4e2a8354f2a"`);
    await runner.query(`ALTER TABLE "sessions" DROP CONSTRAINT "FK_da0cf19646ff5c6e3c0284468e5"`);
    await runner.query(`DROP INDEX "public"."IDX_4491a2d8ac672b30a6077566f8"`);
    await runner.query(`DROP INDEX "public"."IDX_4b8de6dce4cba16d732156781b"`);
    await runner.query(`DROP INDEX "public"."IDX_8fbb480825dcce912f37da9863"`);
    await runner.query(`DROP INDEX "public"."IDX_56a9a3c5a1e37b022a3315e264"`);
    await runner.query(`DROP INDEX "public"."IDX_cfef18c673c101a246c3c2fea6"`);
    await runner.query(`DROP TABLE "submissions"`);
    await runner.query(`DROP INDEX "public"."IDX_9fe94e98dea137f986056289e6"`);
    await runner.query(`DROP INDEX "public"."IDX_3c987224cf4af5fffc61143154"`);
    await runner.query(`DROP TABLE "authors"`);
    await runner.query(`DROP INDEX "public"."IDX_58b4dba2deede2fdae2797fb9a"`);
    await runner.query(`DROP INDEX "public"."IDX_13f22f578a88ff308b6e229ddd"`);
    await runner.query(`DROP TABLE "results"`);
    await runner.query(`DROP INDEX "public"."IDX_4d2fe136956089ae8b71b151df"`);
    await runner.query(`DROP TABLE "awards"`);
    await runner.query(`DROP TABLE "revoked_grants"`);
    await runner.query(`DROP INDEX "public"."IDX_919e5231c6485e57ed446d5b44"`);
    await runner.query(`DROP INDEX "public"."IDX_4718734409f97bd19e28e40a7f"`);
    await runner.query(`DROP INDEX "public"."IDX_2d955c0516a3c9c20067573a62"`);
    await runner.query(`DROP INDEX "public"."IDX_a459f2e49c923a3f7f60532f8f"`);
    await runner.query(`DROP INDEX "public"."IDX_1d4786ba1f346ed194597e7428"`);
    await runner.query(`DROP TABLE "media"`);
    await runner.query(`DROP INDEX "public"."IDX_b6fc682a31ee38ff34dc828ca7"`);
    await runner.query(`DROP INDEX "public"."IDX_53fb24a33650b7d61b3fb33516"`);
    await runner.query(`DROP TABLE "tasks"`);
    await runner.query(`DROP TABLE "sheet_versions"`);
    await runner.query(`DROP INDEX "public"."IDX_0f81f481b580cce7da56e55335"`);
    await runner.query(`DROP INDEX "public"."IDX_87c27b883a24750f41aaac93b0"`);
    await runner.query(`DROP TABLE "rounds"`);
    await runner.query(`DROP INDEX "public"."IDX_dc6eab1425bad1bf7d18791fc3"`);
    await runner.query(`DROP TABLE "round_judges"`);
    await runner.query(`DROP INDEX "public"."IDX_8c8c9521f39a32e33e361a8d15"`);
    await runner.query(`DROP INDEX "public"."IDX_d9814af7db39ae78ccc09ce40d"`);
    await runner.query(`DROP TABLE "round_entries"`);
    await runner.query(`DROP INDEX "public"."IDX_31d9d881239244776b79da3d5b"`);
    await runner.query(`DROP TABLE "categories"`);
    await runner.query(`DROP INDEX "public"."IDX_10c1720f98f12a0b5d5b1089bb"`);
    await runner.query(`DROP TABLE "prize_tiers"`);
    await runner.query(`DROP TABLE "contests"`);
    await runner.query(`DROP INDEX "public"."IDX_98f93aac46da5b34cb6a81dc36"`);
    await runner.query(`DROP TABLE "subjects"`);
    await runner.query(`DROP INDEX "public"."IDX_aa83604107f967c6e23b83730e"`);
    await runner.query(`DROP TABLE "communities"`);
    await runner.query(`DROP TABLE "audit_texts"`);
    await runner.query(`DROP TABLE "audit_heads"`);
    await runner.query(`DROP INDEX "public"."IDX_7064857330342779b2bbd4584c"`);
    await runner.query(`DROP TABLE "audit_entries"`);
    await runner.query(`DROP TABLE "sign_in_failures"`);
    await runner.query(`DROP INDEX "public"."IDX_da0cf19646ff5c6e3c0284468e"`);
    await runner.query(`DROP TABLE "sessions"`);
    await runner.query(`DROP INDEX "public"."IDX_957c7cb579e326f11c9ac70a93"`);
    await runner.query(`DROP INDEX "public"."IDX_307004572420545384d09cc76c"`);
    await runner.query(`DROP INDEX "public"."IDX_39191d352d5226a7f37a5a5466"`);
    await runner.query(`DROP TABLE "role_grants"`);
    await runner.query(`DROP INDEX "public"."IDX_a841e4a982ff406b24d1d4854d"`);
    await runner.query(`DROP TABLE "one_time_links"`);
    await runner.query(`DROP INDEX "public"."IDX_8af89d89e6fc2daa0c7e31ed74"`);
    await runner.query(`DROP INDEX "public"."IDX_361678eb906be28eb648dd9311"`);
    await runner.query(`DROP TABLE "accounts"`);
    await runner.query('DROP FUNCTION dingge_refuse_change()');
    await runner.query('DROP SEQUENCE submission_order');
    await runner.query('DROP FUNCTION dingge_now()');
  }
}

/**
 * The one clock for deadlines. clock_timestamp() runs on inside a transaction, so it may be read after a lock
 * was waited for. Tests move it by putting another function in its place.
 */
const clock = `
  CREATE FUNCTION dingge_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()'`;

/** Marks and the log only grow. */
const appendOnly = ['audit_entries', 'sheet_versions'];

const refuseChange = `
  CREATE FUNCTION dingge_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
  END $$`;
