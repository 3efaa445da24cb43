import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { judgingProblem } from './errors.js';
import { Round } from './round.entity.js';
import type { FlagListDto, RemarksView, SaveRemarksDto } from './task-dto.js';
import { TaskRemarks } from './task-remarks.entity.js';
import { Task } from './task.entity.js';

/** What judges keep of works beside their marks. Nothing of it counts, so it may be written after the close, too. */
@Injectable()
export class RemarksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  async save(me: Person, taskId: string, given: SaveRemarksDto): Promise<RemarksView> {
    return this.dataSource.transaction(async (manager) => {
      const task = await manager.findOne(Task, {
        where: { id: taskId, judgeId: me.account.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!task) throw judgingProblem('TASK.NOT_FOUND');
      if (task.state === 'recused') throw judgingProblem('TASK.RECUSED');
      if (task.state === 'released') throw judgingProblem('TASK.RELEASED');
      const before = await manager.findOneBy(TaskRemarks, { taskId });
      const after = { favourite: false, note: '', flagReason: '', ...before, ...named(given) };
      const { favourite, note, flagReason } = after;
      await manager.query(
        `INSERT INTO task_remarks (task_id, favourite, note, flag_reason, flagged_at)
         VALUES ($1, $2, $3, $4, CASE WHEN $4 <> '' THEN dingge_now() END)
         ON CONFLICT (task_id) DO UPDATE SET favourite = $2, note = $3, flag_reason = $4,
           flagged_at = CASE WHEN $4 = task_remarks.flag_reason THEN task_remarks.flagged_at
                             WHEN $4 <> '' THEN dingge_now() END`,
        [taskId, favourite, note, flagReason],
      );
      if (flagReason !== (before?.flagReason ?? '')) {
        const round = await manager.findOneByOrFail(Round, { id: task.roundId });
        await this.audit.append(manager, {
          contestId: round.contestId,
          actorId: me.account.id,
          action: flagReason === '' ? 'task.unflagged' : 'task.flagged',
          facts: { task: taskId },
          text: flagReason || null,
        });
      }
      return { favourite, note, flagReason };
    });
  }

  /** The works of a round that judges want looked at, the latest first. */
  async flags(person: Person, roundId: string): Promise<FlagListDto> {
    const round = await this.dataSource.manager.findOneBy(Round, { id: roundId });
    if (!round || !holds(person, 'organiser', round.contestId)) throw judgingProblem('ROUND.NOT_FOUND');
    const rows = await this.dataSource.query<(FlagListDto['items'][0] & { at: Date })[]>(
      `SELECT s.id AS "submissionId", e.code, s.number, s.title, a.name AS judge, f.flag_reason AS reason,
              f.flagged_at AS at
         FROM task_remarks f
         JOIN tasks t ON t.id = f.task_id
         JOIN round_entries e ON e.id = t.entry_id
         JOIN submissions s ON s.id = e.submission_id
         JOIN accounts a ON a.id = t.judge_id
        WHERE t.round_id = $1 AND f.flag_reason <> '' ORDER BY f.flagged_at DESC`,
      [roundId],
    );
    return { items: rows.map(({ at, ...row }) => ({ ...row, flaggedAt: at.toISOString() })) };
  }
}

/** Without what isn't named: a spread would write it over what is there. */
function named(given: SaveRemarksDto): Partial<RemarksView> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
