import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { nameContests } from '../accounts/contest-lookup.js';
import { MediaLinksService } from '../media/media-links.service.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import { readDouyinText } from '../submissions/douyin-text.js';
import { Submission } from '../submissions/submission.entity.js';
import type { JudgeRoundListDto, TaskListDto } from './dto.js';
import { judgingProblem } from './errors.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round } from './round.entity.js';
import { SheetVersion } from './sheet-version.entity.js';
import { viewSheet } from './sheets.service.js';
import { Task } from './task.entity.js';

/** What a judge sees: the own rounds, and in each the own works in the own order, blind. */
@Injectable()
export class TasksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
  ) {}

  async rounds(me: Person): Promise<JudgeRoundListDto> {
    const rows = await this.dataSource.query<JudgeRoundListDto['items']>(
      `SELECT r.id, r.name, r.status,
              json_build_object('slug', c.slug, 'title', c.title) AS contest,
              json_build_object('key', k.key, 'name', k.name, 'media', k.media) AS category, r.anonymous,
              count(t.id) FILTER (WHERE t.state = 'submitted')::int AS done,
              count(t.id) FILTER (WHERE t.state <> 'recused')::int AS total
         FROM round_judges p
         JOIN rounds r ON r.id = p.round_id AND r.status <> 'draft'
         JOIN contests c ON c.id = r.contest_id
         JOIN categories k ON k.id = r.category_id
         LEFT JOIN tasks t ON t.round_id = r.id AND t.judge_id = p.judge_id
        WHERE p.judge_id = $1
        GROUP BY r.id, c.id, k.id ORDER BY r.status DESC, r.opened_at DESC`,
      [me.account.id],
    );
    return { items: rows };
  }

  async tasks(me: Person, roundId: string): Promise<TaskListDto> {
    const round = await this.requireOnPanel(me, roundId);
    const tasks = await this.dataSource.manager.find(Task, {
      where: { roundId, judgeId: me.account.id, state: In(['open', 'submitted']) },
      relations: { entry: true },
      order: { position: 'ASC' },
    });
    const ids = tasks.map(({ entry }) => entry.submissionId);
    const works = await this.works(ids);
    const media = await this.media.ofSubmissions(ids);
    const sheets = await this.sheets(roundId, me.account.id);
    const contest = (await nameContests(this.dataSource.manager, [round.contestId])).get(round.contestId)!;
    const { key, name, media: kind } = round.category;
    return {
      round: {
        id: round.id,
        name: round.name,
        status: round.status === 'open' ? 'open' : 'closed',
        contest: { slug: contest.slug, title: contest.title },
        category: { key, name, media: kind },
        anonymous: round.anonymous,
        criteria: round.criteria,
      },
      items: tasks.map((task) => {
        const work = works.get(task.entry.submissionId)!;
        const sheet = sheets.get(task.id);
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
          sheet: sheet ? viewSheet(sheet) : null,
        };
      }),
    };
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

  private async requireOnPanel(me: Person, roundId: string): Promise<Round> {
    const judge = await this.dataSource.manager.findOneBy(RoundJudge, { roundId, judgeId: me.account.id });
    const round =
      judge &&
      (await this.dataSource.manager.findOne(Round, {
        where: { id: roundId },
        relations: { category: true },
      }));
    if (!round || round.status === 'draft') throw judgingProblem('ROUND.NOT_FOUND');
    return round;
  }

  private async works(ids: string[]): Promise<Map<string, Submission>> {
    const found = await this.dataSource.manager.find(Submission, {
      where: { id: In(ids) },
      relations: { subject: true },
    });
    return new Map(found.map((work) => [work.id, work]));
  }

  private async sheets(roundId: string, judgeId: string): Promise<Map<string, SheetVersion>> {
    const found = await this.dataSource
      .createQueryBuilder(SheetVersion, 'sheet')
      .innerJoin(Task, 'task', 'task.id = sheet.task_id AND task.version = sheet.version')
      .where('task.round_id = :roundId AND task.judge_id = :judgeId', { roundId, judgeId })
      .getMany();
    return new Map(found.map((sheet) => [sheet.taskId, sheet]));
  }
}
