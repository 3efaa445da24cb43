import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { canonicalJson } from '../audit/chain.js';
import type { FieldProblem } from '../common/problem.js';
import { both } from '../common/validation.js';
import type { SaveSheetDto, SheetView } from './dto.js';
import { judgingProblem } from './errors.js';
import { isComplete, markProblem } from './marks.js';
import { handOut } from './handing-out.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round, tokenCriterion, type Criterion } from './round.entity.js';
import { SheetVersion, type Marks } from './sheet-version.entity.js';
import { Task } from './task.entity.js';

/** Marks as judges save them: every save is a version, and a save meets an open round or is refused. */
@Injectable()
export class SheetsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /**
   * Saves a judge's sheet.
   * @param expected the version that the judge last saw, 0 for none; null to write over whatever is there
   */
  async save(me: Person, taskId: string, given: SaveSheetDto, expected: number | null): Promise<SheetView> {
    return this.dataSource.transaction(async (manager) => {
      const { task, round } = await this.lockTask(manager, me, taskId);
      const current = task.version === 0 ? null : await this.current(manager, task);
      if (expected !== null && expected !== task.version) {
        throw judgingProblem('SHEET.STALE', {}, { current: current && viewSheet(current) });
      }
      const marks = this.validMarks(given, round);
      if (round.kind === 'tokens' && marks[tokenCriterion] === 1) {
        await this.requireTokenLeft(manager, round, task);
      }
      const comment = round.comments ? (given.comment ?? current?.comment ?? '') : '';
      if (current && sameSheet(current, { marks, comment, submitted: given.submitted })) {
        return viewSheet(current);
      }

      const version = task.version + 1;
      const [saved] = await manager.query<{ saved_at: Date }[]>(
        `INSERT INTO sheet_versions (task_id, version, marks, comment, submitted, actor_id, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, dingge_now()) RETURNING saved_at`,
        [taskId, version, marks, comment, given.submitted, me.account.id],
      );
      await manager.update(Task, taskId, { version, state: given.submitted ? 'submitted' : 'open' });
      await this.audit.append(manager, {
        contestId: round.contestId,
        actorId: me.account.id,
        action: 'sheet.saved',
        facts: { task: taskId, version, marks, submitted: given.submitted },
      });
      return { version, marks, comment, submitted: given.submitted, savedAt: saved.saved_at.toISOString() };
    });
  }

  /** The judge steps back: the work leaves the own list, its links die, its marks never count. */
  async recuse(me: Person, taskId: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { round } = await this.lockTask(manager, me, taskId, 'pessimistic_write');
      await manager.update(Task, taskId, { state: 'recused', recusalReason: reason });
      await manager.query('INSERT INTO revoked_grants (id) VALUES ($1) ON CONFLICT DO NOTHING', [taskId]);
      // Where a work has k of the judges, somebody else gets it.
      if (round.perSubmission !== null) await handOut(manager, round);
      await this.audit.append(manager, {
        contestId: round.contestId,
        actorId: me.account.id,
        action: 'task.recused',
        facts: { task: taskId },
        text: reason,
      });
    });
  }

  /** The round first, shared, so that closing waits for saves and saves for closing; then the task. */
  private async lockTask(
    manager: EntityManager,
    me: Person,
    taskId: string,
    mode: 'pessimistic_read' | 'pessimistic_write' = 'pessimistic_read',
  ) {
    const found = await manager.findOneBy(Task, { id: taskId, judgeId: me.account.id });
    if (!found) throw judgingProblem('TASK.NOT_FOUND');
    const round = await manager.findOneOrFail(Round, {
      where: { id: found.roundId },
      lock: { mode },
    });
    const task = await manager.findOneOrFail(Task, {
      where: { id: taskId },
      lock: { mode: 'pessimistic_write' },
    });
    if (round.status === 'paused') throw judgingProblem('ROUND.PAUSED');
    if (round.status !== 'open') throw judgingProblem('ROUND.CLOSED');
    if (task.state === 'recused') throw judgingProblem('TASK.RECUSED');
    if (task.state === 'released') throw judgingProblem('TASK.RELEASED');
    return { task, round };
  }

  /** Two tokens laid at once are counted one after the other. */
  private async requireTokenLeft(manager: EntityManager, round: Round, task: Task): Promise<void> {
    const { roundId, judgeId } = task;
    await manager.findOneOrFail(RoundJudge, {
      where: { roundId, judgeId },
      lock: { mode: 'pessimistic_write' },
    });
    const [{ laid }] = await manager.query<{ laid: number }[]>(
      `SELECT count(*)::int AS laid FROM tasks t
         JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
        WHERE t.round_id = $1 AND t.judge_id = $2 AND t.id <> $3 AND t.state = 'submitted'
          AND v.marks->$4 = '1'`,
      [roundId, judgeId, task.id, tokenCriterion],
    );
    if (laid >= round.tokens!) throw judgingProblem('SHEET.NO_TOKENS_LEFT', { tokens: round.tokens! });
  }

  private current(manager: EntityManager, task: Task): Promise<SheetVersion> {
    return manager.findOneByOrFail(SheetVersion, { taskId: task.id, version: task.version });
  }

  private validMarks(given: SaveSheetDto, round: Round): Marks {
    const errors: FieldProblem[] = [];
    for (const [id, mark] of Object.entries(given.marks)) {
      const criterion = round.criteria.find((candidate) => candidate.id === id);
      const problem = criterion ? markProblem(mark, criterion) : 'unknown';
      if (problem) {
        errors.push({ path: `marks.${id}`, message: criterion ? markRule(criterion) : unknownCriterion });
      }
    }
    if (given.submitted && !isComplete(given.marks, round.criteria)) {
      errors.push({ path: 'submitted', message: '—' });
    }
    if (errors.length > 0) throw judgingProblem('SHEET.INVALID', {}, { errors });
    return Object.fromEntries(round.criteria.map(({ id }) => [id, given.marks[id] ?? null]));
  }
}

const unknownCriterion = both('没有这个评分项。', 'There is no such criterion.');

function markRule({ name, min, max, step }: Criterion): string {
  return both(
    `${name}：${min} 至 ${max} 分，以 ${step} 分为一档。`,
    `${name}: from ${min} to ${max} in steps of ${step}.`,
  );
}

export function viewSheet({ version, marks, comment, submitted, savedAt }: SheetVersion): SheetView {
  return { version, marks, comment, submitted, savedAt: savedAt.toISOString() };
}

type SheetContent = Pick<SheetVersion, 'marks' | 'comment' | 'submitted'>;

function sameSheet(a: SheetContent, b: SheetContent): boolean {
  return (
    a.submitted === b.submitted &&
    a.comment === b.comment &&
    canonicalJson(a.marks) === canonicalJson(b.marks)
  );
}
