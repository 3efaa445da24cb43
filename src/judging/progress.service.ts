import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { ContestsService } from '../contests/contests.service.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { MessagesService } from '../messages/messages.service.js';
import { judgingProblem } from './errors.js';
import { judgingMessages } from './messages.js';
import { expectedEnd, FASTEST_TWENTY_SECONDS } from './pace.js';
import type { RoundMarksDto, RoundProgress } from './progress-dto.js';
import { RoundsService } from './rounds.service.js';

interface Timing {
  id: string;
  recused: number;
  first: Date | null;
  last: Date | null;
  median: number | null;
  fastest: number | null;
  reminded: Date | null;
}

const listed = 50;

/** How a round goes while it is judged: who is how far, never who gave what. */
@Injectable()
export class ProgressService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly rounds: RoundsService,
    private readonly contests: ContestsService,
    private readonly kinds: MessageKinds,
    private readonly messages: MessagesService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.kinds.register(judgingMessages.kinds);
  }

  async progress(person: Person, roundId: string): Promise<RoundProgress> {
    const round = await this.rounds.view(person, roundId);
    const [{ now }] = await this.dataSource.query<{ now: Date }[]>('SELECT dingge_now() AS now');
    const timings = new Map((await this.timings(roundId)).map((timing) => [timing.id, timing]));
    const judges = round.judges.map(({ replaces: _, ...judge }) => {
      const { recused, first, last, median, fastest, reminded } = timings.get(judge.id)!;
      const end = expectedEnd({ ...judge, firstSavedAt: first }, now);
      return {
        ...judge,
        recused,
        firstSavedAt: first?.toISOString() ?? null,
        lastSavedAt: last?.toISOString() ?? null,
        secondsPerWork: median,
        fastestTwentySeconds: fastest,
        tooFast: fastest !== null && fastest < FASTEST_TWENTY_SECONDS,
        expectedEnd: end?.toISOString() ?? null,
        remindedAt: reminded?.toISOString() ?? null,
      };
    });
    const busy = judges.filter(({ done, total }) => done < total);
    const ends = busy.map((judge) => judge.expectedEnd);
    return {
      now: now.toISOString(),
      judges,
      works: await this.distribution(roundId),
      fewest: await this.fewest(roundId),
      expectedEnd: ends.length === 0 || ends.includes(null) ? null : ends.sort().at(-1)!,
    };
  }

  /** Tells judges who are behind, in the site and by e-mail; who is done gets nothing. */
  async remind(person: Person, roundId: string, judgeIds: readonly string[]): Promise<number> {
    const { contestId } = await this.rounds.require(person, roundId);
    const round = await this.rounds.view(person, roundId);
    if (round.status !== 'open') throw judgingProblem('ROUND.NOT_OPEN');
    const behind = round.judges.filter(({ id, left, done, total }) => {
      return judgeIds.includes(id) && !left && done < total;
    });
    await this.dataSource.transaction(async (manager) => {
      for (const { id, done, total } of behind) {
        await this.messages.send(
          manager,
          { accountId: id, contestId, about: `round/${roundId}` },
          judgingMessages.message('JUDGING.REMINDER', { round: round.name, count: total - done }),
        );
      }
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'round.reminded',
        facts: { round: roundId, judges: behind.map(({ id }) => id) },
      });
    });
    return behind.length;
  }

  /** Every counted mark. Before the close only where the contest's settings allow it, and each look is logged. */
  async marks(person: Person, roundId: string): Promise<RoundMarksDto> {
    const round = await this.rounds.require(person, roundId);
    if (round.status !== 'closed') {
      const contest = await this.contests.findById(round.contestId);
      if (!contest.marksBeforeClose) throw judgingProblem('ROUND.MARKS_HIDDEN');
      await this.dataSource.transaction((manager) =>
        this.audit.append(manager, {
          contestId: round.contestId,
          actorId: person.account.id,
          action: 'round.marks-seen',
          facts: { round: roundId },
        }),
      );
    }
    const items = await this.dataSource.query<RoundMarksDto['items']>(
      `SELECT s.id AS submission, e.code, s.number, s.title,
              COALESCE(json_agg(json_build_object('judge', t.judge_id, 'marks', v.marks))
                FILTER (WHERE v.task_id IS NOT NULL), '[]') AS sheets
         FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id
         LEFT JOIN tasks t ON t.entry_id = e.id AND t.state = 'submitted'
         LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
        WHERE e.round_id = $1 AND e.removed_at IS NULL
        GROUP BY e.id, s.id ORDER BY s.number`,
      [roundId],
    );
    const { judges } = await this.rounds.view(person, roundId);
    return { judges: judges.map(({ id, name }) => ({ id, name })), items };
  }

  /** From when each work was first submitted: later corrections say nothing of pace. */
  private timings(roundId: string): Promise<Timing[]> {
    return this.dataSource.query<Timing[]>(
      `WITH done AS (
         SELECT t.judge_id, min(v.saved_at) AS at
           FROM tasks t JOIN sheet_versions v ON v.task_id = t.id AND v.submitted
          WHERE t.round_id = $1 GROUP BY t.id),
       steps AS (
         SELECT judge_id, at,
                extract(epoch FROM at - lag(at) OVER own)::float8 AS gap,
                extract(epoch FROM at - lag(at, 19) OVER own)::float8 AS twenty
           FROM done WINDOW own AS (PARTITION BY judge_id ORDER BY at))
       SELECT p.judge_id AS id, min(s.at) AS first, max(s.at) AS last,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY s.gap) AS median, min(s.twenty) AS fastest,
              (SELECT count(*)::int FROM tasks t
                WHERE t.round_id = $1 AND t.judge_id = p.judge_id AND t.state = 'recused') AS recused,
              (SELECT max(m.created_at) FROM messages m
                WHERE m.account_id = p.judge_id AND m.about = 'round/' || p.round_id) AS reminded
         FROM round_judges p LEFT JOIN steps s ON s.judge_id = p.judge_id
        WHERE p.round_id = $1 GROUP BY p.round_id, p.judge_id`,
      [roundId],
    );
  }

  private distribution(roundId: string): Promise<RoundProgress['works']> {
    return this.dataSource.query<RoundProgress['works']>(
      `SELECT sheets, count(*)::int AS works FROM (
         SELECT count(t.id) FILTER (WHERE t.state = 'submitted')::int AS sheets
           FROM round_entries e LEFT JOIN tasks t ON t.entry_id = e.id
          WHERE e.round_id = $1 AND e.removed_at IS NULL GROUP BY e.id) AS each
        GROUP BY sheets ORDER BY sheets`,
      [roundId],
    );
  }

  private fewest(roundId: string): Promise<RoundProgress['fewest']> {
    return this.dataSource.query<RoundProgress['fewest']>(
      `SELECT s.id, e.code, s.number, s.title,
              count(t.id) FILTER (WHERE t.state = 'submitted')::int AS sheets,
              count(t.id) FILTER (WHERE t.state IN ('submitted', 'open'))::int AS wanted
         FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id
         LEFT JOIN tasks t ON t.entry_id = e.id
        WHERE e.round_id = $1 AND e.removed_at IS NULL
        GROUP BY e.id, s.id
       HAVING count(t.id) FILTER (WHERE t.state = 'open') > 0
        ORDER BY count(t.id) FILTER (WHERE t.state = 'open') DESC, s.number LIMIT $2`,
      [roundId, listed],
    );
  }
}
