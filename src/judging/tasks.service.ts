import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { decodeCursor, encodeCursor } from '../common/pagination.js';
import { MediaLinksService } from '../media/media-links.service.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import { readDouyinText } from '../submissions/douyin-text.js';
import { Submission } from '../submissions/submission.entity.js';
import { judgingProblem } from './errors.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round, tokenCriterion } from './round.entity.js';
import { SheetVersion } from './sheet-version.entity.js';
import { viewSheet } from './sheets.service.js';
import type { JudgeRoundListDto, TaskListDto, TaskPageDto } from './task-dto.js';
import { TaskRemarks } from './task-remarks.entity.js';
import { Task } from './task.entity.js';

/** A sheet that counts as done: handed in, and in a round of tokens with the token. */
const isDone = `t.state = 'submitted' AND (r.kind <> 'tokens' OR EXISTS (
  SELECT FROM sheet_versions v WHERE v.task_id = t.id AND v.version = t.version AND v.marks->'${tokenCriterion}' = '1'))`;
const isOwn = `t.state IN ('open', 'submitted')`;

/** A task with what the judge has written to it. */
type OwnTask = Task & { sheet: SheetVersion | null; remarks: TaskRemarks | null };

interface Place {
  position: number;
  id: string;
}

/** What a judge sees: the own rounds, and in each the own works in the own order, blind. */
@Injectable()
export class TasksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
  ) {}

  async rounds(me: Person): Promise<JudgeRoundListDto> {
    const rows = await this.dataSource.query<(JudgeRoundListDto['items'][0] & { deadlineAt: Date | null })[]>(
      `SELECT r.id, r.name, r.kind, r.status, r.tokens, r.deadline_at AS "deadlineAt", r.anonymous,
              r.marks_before_close AS "marksBeforeClose",
              json_build_object('slug', c.slug, 'title', c.title, 'timeZone', c.time_zone) AS contest,
              json_build_object('key', k.key, 'name', k.name, 'media', k.media) AS category,
              count(t.id) FILTER (WHERE ${isDone})::int AS done,
              LEAST(count(t.id) FILTER (WHERE ${isOwn}), r.tokens)::int AS total
         FROM round_judges p
         JOIN rounds r ON r.id = p.round_id AND r.status <> 'draft' AND p.left_at IS NULL
         JOIN contests c ON c.id = r.contest_id
         JOIN categories k ON k.id = r.category_id
         LEFT JOIN tasks t ON t.round_id = r.id AND t.judge_id = p.judge_id
        WHERE p.judge_id = $1
        GROUP BY r.id, c.id, k.id ORDER BY r.status = 'closed', r.opened_at DESC`,
      [me.account.id],
    );
    return {
      items: rows.map((row) => ({
        ...row,
        deadlineAt: (row.deadlineAt as Date | null)?.toISOString() ?? null,
      })),
    };
  }

  /** The own list in the own order: whole, or by pages where a `limit` is given. */
  async tasks(me: Person, roundId: string, { limit, cursor, at }: TaskPageDto): Promise<TaskListDto> {
    const round = await this.requireOnPanel(me, roundId);
    const after = limit === undefined ? null : placeIn(cursor);
    const from = limit === undefined || after || !at ? null : await this.beginOfPage(me, roundId, limit, at);
    const tasks = await this.page(me, roundId, limit, after, from);
    const extent = await this.extent(me, roundId, tasks[0]);
    return {
      round: await this.viewRound(round, extent.works),
      items: await this.items(tasks, round, me),
      ...extent,
      next:
        limit !== undefined && extent.start + tasks.length < extent.works && tasks.length > 0
          ? encodeCursor([tasks.at(-1)!.position, tasks.at(-1)!.id])
          : null,
    };
  }

  private page(
    me: Person,
    roundId: string,
    limit: number | undefined,
    after: Place | null,
    from: Place | null,
  ): Promise<OwnTask[]> {
    const query = this.dataSource
      .createQueryBuilder(Task, 't')
      .innerJoinAndSelect('t.entry', 'entry')
      .leftJoinAndMapOne(
        't.sheet',
        SheetVersion,
        'sheet',
        'sheet.task_id = t.id AND sheet.version = t.version',
      )
      .leftJoinAndMapOne('t.remarks', TaskRemarks, 'remarks', 'remarks.task_id = t.id')
      .where(`t.round_id = :roundId AND t.judge_id = :judgeId AND ${isOwn}`, {
        roundId,
        judgeId: me.account.id,
      })
      .orderBy('t.position')
      .addOrderBy('t.id')
      .limit(limit);
    if (after) query.andWhere('(t.position, t.id) > (:position, :id)', after);
    if (from) query.andWhere('(t.position, t.id) >= (:position, :id)', from);
    return query.getMany() as Promise<OwnTask[]>;
  }

  /** The first task of the page that holds this one; null, for the first page, where it isn't in the list. */
  private async beginOfPage(
    me: Person,
    roundId: string,
    limit: number,
    taskId: string,
  ): Promise<Place | null> {
    const [first] = await this.dataSource.query<Place[]>(
      `WITH own AS (SELECT id, position FROM tasks t WHERE t.round_id = $1 AND t.judge_id = $2 AND ${isOwn})
       SELECT id, position FROM own ORDER BY position, id
       OFFSET (SELECT count(*) / $3 * $3 FROM own, own AS wanted
                WHERE wanted.id = $4 AND (own.position, own.id) < (wanted.position, wanted.id)) LIMIT 1`,
      [roundId, me.account.id, limit, taskId],
    );
    return first ?? null;
  }

  private async extent(me: Person, roundId: string, first: Task | undefined) {
    const [extent] = await this.dataSource.query<{ start: number; works: number; done: number }[]>(
      `SELECT count(*) FILTER (WHERE (t.position, t.id) < ($3::int, $4::uuid))::int AS start,
              count(*)::int AS works, count(*) FILTER (WHERE ${isDone})::int AS done
         FROM tasks t JOIN rounds r ON r.id = t.round_id
        WHERE t.round_id = $1 AND t.judge_id = $2 AND ${isOwn}`,
      [roundId, me.account.id, first?.position ?? null, first?.id ?? null],
    );
    return extent;
  }

  private async items(tasks: OwnTask[], round: Round, me: Person): Promise<TaskListDto['items']> {
    const submissionIds = tasks.map(({ entry }) => entry.submissionId);
    const works = await this.works(submissionIds);
    const media = await this.media.ofSubmissions(submissionIds);
    return tasks.map((task) => {
      const work = works.get(task.entry.submissionId)!;
      return {
        id: task.id,
        state: task.state === 'submitted' ? 'submitted' : 'open',
        submission: {
          code: task.entry.code,
          title: work.title,
          story: work.story,
          subject: work.subject?.name ?? null,
          link: round.anonymous ? null : readDouyinText(work.douyinText).link,
          media: (media.get(work.id) ?? []).map((file) => this.viewBlind(file, task.id, me)),
        },
        sheet: task.sheet && viewSheet(task.sheet),
        remarks: task.remarks,
      };
    });
  }

  /** Renditions only, under links that die with the task. */
  private viewBlind(file: Media, taskId: string, me: Person) {
    const { kind, width, height, durationMs, placeholder } = file;
    return {
      kind,
      width,
      height,
      durationMs,
      placeholder,
      links: this.links.mint(file, me.account.id, { grant: taskId }),
    };
  }

  private async viewRound(round: Round, ownWorks: number): Promise<TaskListDto['round']> {
    const { id, name, kind, status, anonymous, criteria, tokens, instructions, comments, marksBeforeClose } =
      round;
    const { key, name: categoryName, media } = round.category;
    const [{ contest, prizes, works }] = await this.dataSource.query<
      { contest: TaskListDto['round']['contest']; prizes: number | null; works: number }[]
    >(
      `SELECT json_build_object('slug', slug, 'title', title, 'timeZone', time_zone) AS contest,
              (SELECT sum(quota) FROM prize_tiers WHERE category_id = $2)::int AS prizes,
              (SELECT count(*) FROM round_entries WHERE round_id = $3 AND removed_at IS NULL)::int AS works
         FROM contests WHERE id = $1`,
      [round.contestId, round.categoryId, id],
    );
    return {
      id,
      name,
      kind,
      status: status === 'open' || status === 'paused' ? status : 'closed',
      contest,
      category: { key, name: categoryName, media },
      anonymous,
      tokens,
      criteria,
      instructions,
      comments,
      deadlineAt: round.deadlineAt?.toISOString() ?? null,
      marksBeforeClose,
      expected: kind === 'tokens' ? share(tokens, ownWorks) : share(wantedOf(round, prizes), works),
    };
  }

  private async requireOnPanel(me: Person, roundId: string): Promise<Round> {
    const round = await this.dataSource
      .createQueryBuilder(Round, 'r')
      .innerJoinAndSelect('r.category', 'category')
      // Who left the panel sees its works no more.
      .innerJoin(RoundJudge, 'p', 'p.round_id = r.id AND p.judge_id = :judgeId AND p.left_at IS NULL', {
        judgeId: me.account.id,
      })
      .where("r.id = :roundId AND r.status <> 'draft'", { roundId })
      .getOne();
    if (!round) throw judgingProblem('ROUND.NOT_FOUND');
    return round;
  }

  private async works(ids: string[]): Promise<Map<string, Submission>> {
    const found = await this.dataSource.manager.find(Submission, {
      where: { id: Any(ids) },
      relations: { subject: true },
    });
    return new Map(found.map((work) => [work.id, work]));
  }
}

function placeIn(cursor: string | undefined): Place | null {
  const [position, id] = decodeCursor(cursor) ?? [];
  return Number.isInteger(position) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
    ? { position: Number(position), id }
    : null;
}

/** How many works are to be chosen: by the selection that was made, or, of marks, by the prizes. */
function wantedOf({ kind, selection }: Round, prizes: number | null): number | null {
  if (selection?.by === 'number') return selection.count;
  return kind === 'score' ? prizes : null;
}

function share(wanted: number | null, works: number): number | null {
  return wanted && wanted < works ? wanted / works : null;
}
