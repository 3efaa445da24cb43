import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import { ContestsService } from '../../contests/contests.service.js';
import { judgingProblem } from '../../judging/errors.js';
import type { Round } from '../../judging/round.entity.js';
import { RoundsService } from '../../judging/rounds.service.js';
import { Fraction } from '../arithmetic/fraction.js';
import { rankPanel } from '../arithmetic/ranking.js';
import { resultProblem } from '../errors.js';
import { RoundMarksService } from '../round-marks.service.js';
import { choose, type Candidate, type Fate } from './choose.js';
import type { GivenSelection, SelectionOutcome } from './selection-dto.js';

interface Work {
  id: string;
  code: string;
  number: string;
  title: string;
  person: string;
  sheets: number;
}

/** Which works of a closed round go on to the next: tried as often as one likes, then set. */
@Injectable()
export class SelectionService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly rounds: RoundsService,
    private readonly contests: ContestsService,
    private readonly roundMarks: RoundMarksService,
    private readonly audit: AuditService,
  ) {}

  async select(
    person: Person,
    roundId: string,
    given: GivenSelection,
    dry: boolean,
  ): Promise<SelectionOutcome> {
    return this.dataSource.transaction(async (manager) => {
      const round = await this.rounds.lock(manager, person, roundId);
      if (round.status !== 'closed') throw resultProblem('RESULT.ROUND_NOT_CLOSED');
      if (round.kind === 'pass' && given.by === 'threshold' && given.least !== round.passPercent) {
        throw resultProblem('RESULT.THRESHOLD_FROZEN', { percent: round.passPercent! });
      }
      const outcome = await this.outcome(manager, round, given);
      if (!dry) await this.store(manager, person, round, given, outcome);
      return outcome;
    });
  }

  private async outcome(
    manager: EntityManager,
    round: Round,
    given: GivenSelection,
  ): Promise<SelectionOutcome> {
    const works = await this.works(manager, round);
    const candidates = await this.candidates(manager, round, works);
    const fates = given.by === 'hand' ? byHand(works, given.works) : choose(candidates, given);
    const valueOf = new Map(candidates.map(({ id, value }) => [id, value]));
    const going = works.filter(({ id }) => fates.get(id) === 'yes');
    const items = works.map(({ id, code, number, title, sheets }) => ({
      ...{ submission: id, code, number, title, sheets },
      value: valueOf.get(id)?.toDecimalString(2) ?? null,
      fate: fates.get(id)!,
    }));
    items.sort((a, b) => compare(valueOf.get(b.submission), valueOf.get(a.submission)));
    return {
      works: going.length,
      authors: new Set(going.map(({ person }) => person)).size,
      tied: items.filter(({ fate }) => fate === 'tied').length,
      of: works.length,
      items,
    };
  }

  /** By the round's own method; one sheet is enough to be compared here, as no prize is given by it. */
  private async candidates(
    manager: EntityManager,
    round: Round,
    works: readonly Work[],
  ): Promise<Candidate[]> {
    const contest = await this.contests.findById(round.contestId);
    const { panel, rules } = await this.roundMarks.read(manager, contest, round, 1);
    const outcome = rankPanel(panel, rules);
    if ('refusal' in outcome) {
      throw resultProblem(outcome.refusal.code, { groups: outcome.refusal.groups.length });
    }
    const exact = new Map(outcome.ranking.entries.map((entry) => [entry.id, Fraction.parse(entry.exact)]));
    return works.map(({ id }) => ({ id, value: exact.get(id) ?? null }));
  }

  private works(manager: EntityManager, round: Round): Promise<Work[]> {
    return manager.query<Work[]>(
      `SELECT s.id, e.code, s.number, s.title, COALESCE(a.merged_into, a.id) AS person,
              count(v.task_id)::int AS sheets
         FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id
         JOIN authors a ON a.id = s.author_id
         LEFT JOIN tasks t ON t.entry_id = e.id AND t.state = 'submitted'
         LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version AND v.submitted
        WHERE e.round_id = $1 AND e.removed_at IS NULL AND s.status = 'accepted'
        GROUP BY e.id, s.id, a.id ORDER BY s.number`,
      [round.id],
    );
  }

  /** Set again as often as wanted, until a round that takes these works has begun. */
  private async store(
    manager: EntityManager,
    person: Person,
    round: Round,
    given: GivenSelection,
    { items, works, tied }: SelectionOutcome,
  ): Promise<void> {
    const used = await manager.query<unknown[]>(
      `SELECT FROM rounds WHERE $1 = ANY(source_ids) AND status <> 'draft' LIMIT 1`,
      [round.id],
    );
    if (used.length > 0) throw resultProblem('RESULT.SELECTION_USED');
    await manager.query(
      `UPDATE round_entries e SET selected = f.fate
         FROM unnest($2::uuid[], $3::text[]) AS f (submission_id, fate)
        WHERE e.round_id = $1 AND e.submission_id = f.submission_id`,
      [
        round.id,
        items.map(({ submission }) => submission),
        items.map(({ fate }) => (fate === 'no' ? null : fate)),
      ],
    );
    const rule = given.by === 'hand' ? { by: given.by, reason: given.reason } : given;
    await manager.query('UPDATE rounds SET selection = $2 WHERE id = $1', [round.id, JSON.stringify(rule)]);
    await this.audit.append(manager, {
      contestId: round.contestId,
      actorId: person.account.id,
      action: 'round.selected',
      facts: {
        round: round.id,
        rule,
        tied,
        count: works,
        works: items.filter(({ fate }) => fate === 'yes').map(({ submission }) => submission),
      },
      text: given.by === 'hand' ? given.reason : null,
    });
  }
}

function byHand(works: readonly Work[], chosen: readonly string[]): Map<string, Fate> {
  const known = new Set(works.map(({ id }) => id));
  if (chosen.some((id) => !known.has(id))) throw judgingProblem('ROUND.WORK_NOT_THERE');
  const picked = new Set(chosen);
  return new Map(works.map(({ id }) => [id, picked.has(id) ? 'yes' : 'no']));
}

/** Works without a value come last. */
function compare(a: Fraction | null | undefined, b: Fraction | null | undefined): number {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  return a.compare(b);
}
