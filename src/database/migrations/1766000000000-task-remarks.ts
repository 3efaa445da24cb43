import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What judges keep of works beside their marks: favourites, private notes, and flags for the organiser. */
export class TaskRemarks1766000000000 implements MigrationInterface {
  name = 'TaskRemarks1766000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "task_remarks" ("task_id" uuid NOT NULL, "favourite" boolean NOT NULL DEFAULT false, "note" text NOT NULL DEFAULT '', "flag_reason" text NOT NULL DEFAULT '', "flagged_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_task_remarks" PRIMARY KEY ("task_id"))`,
    );
    await runner.query(
      `ALTER TABLE "task_remarks" ADD CONSTRAINT "FK_task_remarks_task" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "task_remarks"');
  }
}
