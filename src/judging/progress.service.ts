import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { MessagesService } from '../messages/messages.service.js';
import { judgingProblem } from './errors.js';
import { judgingMessages } from './messages.js';
import { expectedEnd, FASTEST_TWENTY_SECONDS } from './pace.js';
import type { RoundProgress } from './progress-dto.js';
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
      // In a round of tokens a sheet is a vote: how many a work has is seen after the close.
      ...(round.kind === 'tokens' ? { works: [], fewest: [] } : await this.works(roundId)),
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

  /** From when each work was first submitted: later corrections say nothing of pace. */
  private timings(roundId: string): Promise<Timing[]> {
    return this.dataSource.query<Timing[]>(
      `WITH done AS (
         SELECT t.judge_id, min(v.saved_at) AS at
           FROM tasks t JOIN sheet_versions v ON v.task_id = t.id AND v.submitted
          WHERE t.round_id = $1 AND t.version > 0 GROUP BY t.id),
       recused AS (SELECT judge_id FROM tasks WHERE round_id = $1 AND state = 'recused'),
       steps AS (
         SELECT judge_id, at,
                extract(epoch FROM at - lag(at) OVER own)::float8 AS gap,
                extract(epoch FROM at - lag(at, 19) OVER own)::float8 AS twenty
           FROM done WINDOW own AS (PARTITION BY judge_id ORDER BY at))
       SELECT p.judge_id AS id, min(s.at) AS first, max(s.at) AS last,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY s.gap) AS median, min(s.twenty) AS fastest,
              (SELECT count(*)::int FROM recused t WHERE t.judge_id = p.judge_id) AS recused,
              (SELECT max(m.created_at) FROM messages m
                WHERE m.account_id = p.judge_id AND m.about = 'round/' || p.round_id) AS reminded
         FROM round_judges p LEFT JOIN steps s ON s.judge_id = p.judge_id
        WHERE p.round_id = $1 GROUP BY p.round_id, p.judge_id`,
      [roundId],
    );
  }

  /** How many works have how many sheets, and those that lack the most: from one count of all tasks. */
  private async works(roundId: string): Promise<Pick<RoundProgress, 'works' | 'fewest'>> {
    const [works] = await this.dataSource.query<Pick<RoundProgress, 'works' | 'fewest'>[]>(
      `WITH counted AS MATERIALIZED (
         SELECT entry_id, count(*) FILTER (WHERE state = 'submitted')::int AS sheets,
                count(*) FILTER (WHERE state = 'open')::int AS open
           FROM tasks WHERE round_id = $1 GROUP BY entry_id),
       works AS MATERIALIZED (
         SELECT e.id, e.code, e.submission_id, COALESCE(c.sheets, 0) AS sheets, COALESCE(c.open, 0) AS open
           FROM round_entries e LEFT JOIN counted c ON c.entry_id = e.id
          WHERE e.round_id = $1 AND e.removed_at IS NULL),
       fewest AS (
         SELECT s.id, w.code, s.number, s.title, w.sheets, w.sheets + w.open AS wanted
           FROM works w JOIN submissions s ON s.id = w.submission_id
          WHERE w.open > 0 ORDER BY w.open DESC, s.number LIMIT $2)
       SELECT (SELECT COALESCE(json_agg(d ORDER BY d.sheets), '[]')
                 FROM (SELECT sheets, count(*)::int AS works FROM works GROUP BY sheets) AS d) AS works,
              (SELECT COALESCE(json_agg(f ORDER BY f.wanted - f.sheets DESC, f.number), '[]') FROM fewest f) AS fewest`,
      [roundId, listed],
    );
    return works;
  }
}
