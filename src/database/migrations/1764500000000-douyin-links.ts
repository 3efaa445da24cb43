import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links of videos on Douyin; when and where a work was taken; what its entrant promised, in which words. */
export class DouyinLinks1764500000000 implements MigrationInterface {
  name = 'DouyinLinks1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "categories" ADD "entry" text NOT NULL DEFAULT 'file'`);
    await runner.query(`ALTER TABLE "categories" ADD "link_required" boolean NOT NULL DEFAULT false`);
    await runner.query(`UPDATE "categories" SET "entry" = 'both' WHERE "media" = 'video'`);

    await runner.query(`ALTER TABLE "rounds" ADD "anonymous" boolean NOT NULL DEFAULT true`);

    await runner.query(`ALTER TABLE "submissions" ADD "taken_on" date`);
    await runner.query(`ALTER TABLE "submissions" ADD "taken_place" text NOT NULL DEFAULT ''`);
    await runner.query(`ALTER TABLE "submissions" ADD "douyin_video_id" text`);
    await runner.query(`ALTER TABLE "submissions" ADD "douyin_short_code" text`);
    await runner.query(`ALTER TABLE "submissions" ADD "author_agreed_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "submissions" ADD "consented_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(
      `UPDATE "submissions" SET "consented_at" = "submitted_at" WHERE "consent_version" IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "submissions_douyin_video" ON "submissions" ("contest_id", "douyin_video_id", "author_id")
        WHERE status NOT IN ('draft', 'withdrawn')`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "submissions_douyin_short" ON "submissions" ("contest_id", "douyin_short_code", "author_id")
        WHERE status NOT IN ('draft', 'withdrawn')`,
    );

    await runner.query(
      `CREATE TABLE "declarations" ("contest_id" uuid NOT NULL, "version" text NOT NULL, "words" jsonb NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), PRIMARY KEY ("contest_id", "version"))`,
    );
    await runner.query(`INSERT INTO "declarations" SELECT "id", "consent_version", $1 FROM "contests"`, [
      JSON.stringify(wordsUntilNow),
    ]);
    await runner.query(
      `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "declarations"
        FOR EACH STATEMENT EXECUTE FUNCTION dingge_refuse_change()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "declarations"`);
    await runner.query(`DROP INDEX "submissions_douyin_short"`);
    await runner.query(`DROP INDEX "submissions_douyin_video"`);
    for (const column of ['consented_at', 'author_agreed_at', 'douyin_short_code', 'douyin_video_id']) {
      await runner.query(`ALTER TABLE "submissions" DROP COLUMN "${column}"`);
    }
    await runner.query(`ALTER TABLE "submissions" DROP COLUMN "taken_place"`);
    await runner.query(`ALTER TABLE "submissions" DROP COLUMN "taken_on"`);
    await runner.query(`ALTER TABLE "rounds" DROP COLUMN "anonymous"`);
    await runner.query(`ALTER TABLE "categories" DROP COLUMN "link_required"`);
    await runner.query(`ALTER TABLE "categories" DROP COLUMN "entry"`);
  }
}

/** The declaration that stood in the page, whatever its version, until contests had their own. */
const wordsUntilNow = {
  zh: [
    '作品由作者本人拍摄，没有侵犯他人的著作权；画面中的人同意被拍摄和展示。',
    '所填内容属实，同意接受主办方核实。',
    '获奖作品可由主办方为本次比赛无偿展示和宣传，并署作者姓名。',
    '姓名和手机号只用于本次比赛，不对评委公开。',
  ],
  en: [
    'The author made the work and it violates nobody’s copyright; the people in it agree to be shown.',
    'What is stated is true, and the organiser may check it.',
    'The organiser may show winning works for this contest without payment, naming the author.',
    'Name and phone number are used for this contest only; judges never see them.',
  ],
};
