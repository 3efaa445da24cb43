import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import { maskContact } from '../../common/mask.js';
import { judgingProblem } from '../errors.js';
import { countsOf, PanelService } from '../panel.service.js';
import type { UnitEffect, UnitsView } from './unit-dto.js';
import { linesOf, resolveLines, type Membership, type UnitPerson } from './unit-lines.js';

const listed = 200;

/** Judges, and authors with a work that was sent; of an author who was found to be another, that other one. */
const peopleSql = `
  SELECT 'judge' AS of, j.id, j.name, j.phone, COALESCE(j.phone, j.email, '') AS login, 0 AS rank
    FROM role_grants g JOIN accounts j ON j.id = g.account_id
   WHERE g.contest_id = $1 AND g.role = 'judge' AND j.erased_at IS NULL
  UNION ALL
  SELECT 'author', a.id, a.name, a.phone, COALESCE(a.phone, ''), 1
    FROM authors a
   WHERE a.contest_id = $1 AND a.merged_into IS NULL AND a.phone IS NOT NULL
     AND EXISTS (SELECT FROM submissions s JOIN authors w ON w.id = s.author_id
                  WHERE a.id IN (w.id, w.merged_into) AND s.contest_id = $1 AND s.status <> 'draft')`;

/** Who is of which unit. A judge is barred from the works of his own unit as soon as both are known. */
@Injectable()
export class UnitsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly panel: PanelService,
    private readonly audit: AuditService,
  ) {}

  async list(contestId: string, search: string): Promise<UnitsView> {
    const units = await this.dataSource.query<UnitsView['units']>(
      `SELECT u.id, u.name, count(m.judge_id)::int AS judges, count(m.author_id)::int AS authors
         FROM units u LEFT JOIN unit_members m ON m.unit_id = u.id
        WHERE u.contest_id = $1 GROUP BY u.id ORDER BY u.name COLLATE "zh-x-icu"`,
      [contestId],
    );
    const rows = await this.dataSource.query<(UnitsView['people'][0] & { all: number })[]>(
      `SELECT p.of, p.id, p.name, p.login, u.name AS unit, count(*) OVER ()::int AS all
         FROM (${peopleSql}) AS p
         LEFT JOIN unit_members m ON m.contest_id = $1 AND p.id = CASE p.of WHEN 'judge' THEN m.judge_id ELSE m.author_id END
         LEFT JOIN units u ON u.id = m.unit_id
        WHERE $2 = '' OR strpos(lower(concat_ws(' ', p.name, p.login, u.name)), lower($2)) > 0
        ORDER BY p.rank, p.name COLLATE "zh-x-icu", p.id LIMIT $3`,
      [contestId, search, listed],
    );
    const people = rows.map(({ all: _, ...row }) => ({ ...row, login: maskContact(row.login) }));
    return { units, people, more: (rows[0]?.all ?? 0) - people.length };
  }

  async paste(person: Person, contestId: string, text: string, dry: boolean): Promise<UnitEffect> {
    const people = await this.dataSource.query<UnitPerson[]>(peopleSql, [contestId]);
    const { members, unknown, ambiguous } = resolveLines(linesOf(text), people);
    if (members.length === 0) {
      return { set: 0, cleared: 0, unchanged: 0, unknown, ambiguous, rounds: [] };
    }
    return { ...(await this.set(person, contestId, members, dry)), unknown, ambiguous };
  }

  /** The last word on somebody counts. Takes works from judges of their author's unit at once, in every round that runs. */
  async set(
    person: Person,
    contestId: string,
    given: readonly Membership[],
    dry: boolean,
  ): Promise<UnitEffect> {
    const members = [...new Map(given.map((one) => [`${one.of} ${one.id}`, one])).values()];
    return this.panel.perhaps(dry, async (manager) => {
      await this.requireKnown(manager, contestId, members);
      const unitOf = await this.unitsNamed(manager, contestId, members);
      const before = await this.memberships(manager, contestId);
      const changed = members.filter(
        ({ of, id, unit }) =>
          (before.get(`${of} ${id}`) ?? null) !== (unit === null ? null : unitOf.get(unit)!),
      );
      for (const { of, id, unit } of changed) {
        const unitId = unit === null ? null : unitOf.get(unit)!;
        await this.join(manager, contestId, of, id, unitId);
        if (of === 'judge') await this.bar(manager, person, contestId, id, unitId);
      }
      await manager.query(
        `DELETE FROM units u WHERE u.contest_id = $1
            AND NOT EXISTS (SELECT FROM unit_members m WHERE m.unit_id = u.id)
            AND NOT EXISTS (SELECT FROM judge_conflicts c WHERE c.unit_id = u.id)`,
        [contestId],
      );
      const rounds = changed.length === 0 ? [] : await this.panel.rearrangeRunning(manager, contestId);
      const moved = rounds.filter(({ effect }) => effect.added + effect.released > 0);
      await this.record(manager, person, contestId, changed, unitOf, moved);
      const cleared = changed.filter(({ unit }) => unit === null).length;
      return {
        set: changed.length - cleared,
        cleared,
        unchanged: members.length - changed.length,
        unknown: [],
        ambiguous: [],
        rounds: moved,
      };
    });
  }

  private async requireKnown(
    manager: EntityManager,
    contestId: string,
    members: readonly Membership[],
  ): Promise<void> {
    const [{ known }] = await manager.query<{ known: number }[]>(
      `SELECT count(*)::int AS known FROM (${peopleSql}) AS p
         JOIN unnest($2::text[], $3::uuid[]) AS wanted (of, id) ON wanted.of = p.of AND wanted.id = p.id`,
      [contestId, members.map(({ of }) => of), members.map(({ id }) => id)],
    );
    if (known !== members.length) throw judgingProblem('UNIT.PERSON_UNKNOWN');
  }

  /** Ids of the units by their names; those that are named for the first time are made. */
  private async unitsNamed(
    manager: EntityManager,
    contestId: string,
    members: readonly Membership[],
  ): Promise<Map<string, string>> {
    const names = [...new Set(members.flatMap(({ unit }) => unit ?? []))].sort();
    // Not DO NOTHING: the row that another organiser has just made is locked and returned, too.
    const rows = await manager.query<{ id: string; name: string }[]>(
      `INSERT INTO units (contest_id, name) SELECT $1, unnest($2::text[])
       ON CONFLICT (contest_id, name) DO UPDATE SET name = EXCLUDED.name RETURNING id, name`,
      [contestId, names],
    );
    return new Map(rows.map(({ id, name }) => [name, id]));
  }

  private async memberships(manager: EntityManager, contestId: string): Promise<Map<string, string>> {
    const rows = await manager.query<{ of: string; id: string; unit: string }[]>(
      `SELECT CASE WHEN judge_id IS NULL THEN 'author' ELSE 'judge' END AS of,
              COALESCE(judge_id, author_id) AS id, unit_id AS unit
         FROM unit_members WHERE contest_id = $1`,
      [contestId],
    );
    return new Map(rows.map(({ of, id, unit }) => [`${of} ${id}`, unit]));
  }

  private async join(
    manager: EntityManager,
    contestId: string,
    of: Membership['of'],
    id: string,
    unitId: string | null,
  ): Promise<void> {
    const column = { judge: 'judge_id', author: 'author_id' }[of];
    await manager.query(`DELETE FROM unit_members WHERE contest_id = $1 AND ${column} = $2`, [contestId, id]);
    if (unitId === null) return;
    await manager.query(`INSERT INTO unit_members (contest_id, unit_id, ${column}) VALUES ($1, $2, $3)`, [
      contestId,
      unitId,
      id,
    ]);
  }

  /** What follows from a judge's own unit comes and goes with it; what was lifted with a reason stays lifted. */
  private async bar(
    manager: EntityManager,
    person: Person,
    contestId: string,
    judgeId: string,
    unitId: string | null,
  ): Promise<void> {
    await manager.query(
      `DELETE FROM judge_conflicts
        WHERE contest_id = $1 AND judge_id = $2 AND automatic AND unit_id IS DISTINCT FROM $3`,
      [contestId, judgeId, unitId],
    );
    if (unitId === null) return;
    await manager.query(
      `INSERT INTO judge_conflicts (contest_id, judge_id, unit_id, automatic, reason, created_by)
       VALUES ($1, $2, $3, true, '', $4) ON CONFLICT DO NOTHING`,
      [contestId, judgeId, unitId, person.account.id],
    );
  }

  private record(
    manager: EntityManager,
    person: Person,
    contestId: string,
    changed: readonly Membership[],
    unitOf: ReadonlyMap<string, string>,
    rounds: UnitEffect['rounds'],
  ): Promise<void> {
    const idsOf = (kind: Membership['of']) =>
      changed
        .filter(({ of }) => of === kind)
        .map(({ id, unit }) => ({ id, unit: unit === null ? null : unitOf.get(unit)! }));
    return this.audit.append(manager, {
      contestId,
      actorId: person.account.id,
      action: 'units.set',
      facts: {
        judges: idsOf('judge'),
        authors: idsOf('author'),
        rounds: rounds.map(({ round, effect }) => ({ round, ...countsOf(effect) })),
      },
    });
  }
}
