import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { submissionProblem } from '../submissions/errors.js';

export interface CommentView {
  round: string;
  text: string;
}

/** What judges wrote to authors, in rounds whose comments go to them. */
@Injectable()
export class CommentsService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * For whoever sent the work, once the prizes of its category are decided; in an order that says nothing of who wrote
   * which.
   */
  async ofWork(me: Person, submissionId: string): Promise<CommentView[]> {
    const [work] = await this.dataSource.query<{ decided: boolean }[]>(
      `SELECT k.decided_at IS NOT NULL AS decided FROM submissions s JOIN categories k ON k.id = s.category_id
        WHERE s.id = $1 AND s.account_id = $2`,
      [submissionId, me.account.id],
    );
    if (!work) throw submissionProblem('SUBMISSION.NOT_FOUND');
    if (!work.decided) return [];
    return this.dataSource.query<CommentView[]>(
      `SELECT r.name AS round, v.comment AS text
         FROM round_entries e
         JOIN rounds r ON r.id = e.round_id AND r.comments
         JOIN tasks t ON t.entry_id = e.id AND t.state = 'submitted'
         JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version AND v.comment <> ''
        WHERE e.submission_id = $1 AND e.removed_at IS NULL
        ORDER BY r.opened_at, md5(v.comment)`,
      [submissionId],
    );
  }
}
