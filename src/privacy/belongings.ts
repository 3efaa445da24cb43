import type { EntityManager } from 'typeorm';
import type { EntryKind } from '../contests/category.entity.js';
import type { Problem } from '../common/problem.js';
import { privacyProblem } from './errors.js';
import { goes, type Fated } from './fate.js';

/** A work of an account, with what decides over it. */
export interface Belonging extends Fated {
  id: string;
  contestId: string;
  categoryId: string;
  authorId: string;
  number: string | null;
  title: string;
  douyinText: string;
  entry: EntryKind;
  contest: string;
  category: string;
  decided: boolean;
  /** Somebody else also sent works of its author. */
  shared: boolean;
  author: string;
  /** The author is the account itself, by name and phone. */
  own: boolean;
  /** Tier of the award that it has in a locked result. */
  prize: string | null;
}

export interface Belongings {
  going: Belonging[];
  staying: Belonging[];
}

/** Whether author `a` is account $1 itself, and not somebody whom it sent for. */
export const isOwnAuthor = `EXISTS (SELECT FROM accounts me WHERE me.id = $1 AND me.name = a.name
                       AND a.phone IN (me.phone, me.email, me.id::text))`;

/** All works of an account, parted into those that go with it and those that stay. */
export async function belongingsOf(manager: EntityManager, accountId: string): Promise<Belongings> {
  const works = await manager.query<Belonging[]>(
    `SELECT s.id, s.contest_id AS "contestId", s.category_id AS "categoryId", s.author_id AS "authorId", s.number,
            s.title, s.status, s.douyin_text AS "douyinText", s.in_judging AS "inJudging", k.entry,
            c.title AS contest, k.name AS category, k.decided_at IS NOT NULL AS decided, a.name AS author,
            ${isOwnAuthor} AS own,
            EXISTS (SELECT FROM rounds r WHERE r.category_id = s.category_id AND r.opened_at IS NOT NULL) AS begun,
            EXISTS (SELECT FROM round_entries e WHERE e.submission_id = s.id) AS entered,
            EXISTS (SELECT FROM submissions o WHERE o.author_id = s.author_id AND o.account_id <> $1) AS shared,
            (SELECT t.name FROM awards w JOIN prize_tiers t ON t.id = w.tier_id WHERE w.submission_id = s.id) AS prize
       FROM submissions s
       JOIN categories k ON k.id = s.category_id
       JOIN contests c ON c.id = s.contest_id
       JOIN authors a ON a.id = s.author_id
      WHERE s.account_id = $1 ORDER BY s.created_at, s.id`,
    [accountId],
  );
  return { going: works.filter(goes), staying: works.filter((work) => !goes(work)) };
}

/** What has to be done before an account can be given up: others would be left without somebody they need. */
export async function refusalsOf(manager: EntityManager, accountId: string): Promise<Problem[]> {
  const [{ lastAdmin }] = await manager.query<[{ lastAdmin: boolean }]>(
    `SELECT EXISTS (SELECT FROM role_grants WHERE account_id = $1 AND role = 'admin')
        AND NOT EXISTS (SELECT FROM role_grants g JOIN accounts a ON a.id = g.account_id AND a.disabled_at IS NULL
                         WHERE g.role = 'admin' AND g.account_id <> $1) AS "lastAdmin"`,
    [accountId],
  );
  const rounds = await manager.query<{ round: string; contest: string; organises: boolean }[]>(
    `SELECT r.name AS round, c.title AS contest, role.organises
       FROM rounds r JOIN contests c ON c.id = r.contest_id
       JOIN (SELECT r.id, true AS organises FROM rounds r
               JOIN role_grants g ON g.contest_id = r.contest_id AND g.account_id = $1 AND g.role = 'organiser'
             UNION ALL
             SELECT round_id, false FROM round_judges WHERE judge_id = $1) AS role ON role.id = r.id
      WHERE r.status IN ('open', 'paused') ORDER BY r.opened_at, role.organises`,
    [accountId],
  );
  return [
    ...(lastAdmin ? [privacyProblem('PRIVACY.LAST_ADMIN')] : []),
    ...rounds.map(({ organises, ...named }) =>
      privacyProblem(organises ? 'PRIVACY.ORGANISES_OPEN_ROUND' : 'PRIVACY.JUDGES_OPEN_ROUND', named),
    ),
  ];
}
