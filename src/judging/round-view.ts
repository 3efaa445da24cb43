import type { EntityManager } from 'typeorm';
import type { RoundView } from './dto.js';
import { tokenCriterion, type Round } from './round.entity.js';

interface JudgeProgress {
  round: string;
  id: string;
  name: string;
  left: boolean;
  replaces: string | null;
  done: number;
  total: number;
}

interface WorkCounts {
  round: string;
  works: number;
  selected: number;
  tied: number;
}

/** Rounds, with their categories, as organisers see them: no marks. */
export async function viewRounds(manager: EntityManager, rounds: readonly Round[]): Promise<RoundView[]> {
  const ids = rounds.map(({ id }) => id);
  const judges = await progressOf(manager, ids);
  const counts = await manager.query<WorkCounts[]>(
    `SELECT round_id AS round, count(*) FILTER (WHERE removed_at IS NULL)::int AS works,
            count(*) FILTER (WHERE selected = 'yes')::int AS selected,
            count(*) FILTER (WHERE selected = 'tied')::int AS tied
       FROM round_entries WHERE round_id = ANY($1) GROUP BY round_id`,
    [ids],
  );
  return rounds.map((round) =>
    viewRound(
      round,
      judges.filter((judge) => judge.round === round.id),
      counts.find((count) => count.round === round.id),
    ),
  );
}

/** By judge: sheets submitted of those he shall submit; in a tokens round, tokens laid of those he may lay. */
function progressOf(manager: EntityManager, roundIds: readonly string[]): Promise<JudgeProgress[]> {
  // Tasks are counted once for all rounds and judges: a large round has hundreds of thousands.
  return manager.query<JudgeProgress[]>(
    `WITH counted AS (
       SELECT round_id, judge_id, count(*) FILTER (WHERE state = 'submitted')::int AS submitted,
              count(*) FILTER (WHERE state = 'open')::int AS open
         FROM tasks WHERE round_id = ANY($1) GROUP BY round_id, judge_id),
     tokens AS (
       SELECT t.round_id, t.judge_id, count(*)::int AS laid
         FROM rounds r
         JOIN tasks t ON t.round_id = r.id AND t.state = 'submitted'
         JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version AND v.marks->$2 = '1'
        WHERE r.id = ANY($1) AND r.kind = 'tokens' GROUP BY t.round_id, t.judge_id),
     each AS (
       SELECT p.round_id, p.judge_id, p.position, p.left_at IS NOT NULL AS left, p.replaces_id AS replaces,
              COALESCE(c.submitted, 0) AS submitted, COALESCE(c.open, 0) AS open, COALESCE(t.laid, 0) AS laid
         FROM round_judges p
         LEFT JOIN counted c ON c.round_id = p.round_id AND c.judge_id = p.judge_id
         LEFT JOIN tokens t ON t.round_id = p.round_id AND t.judge_id = p.judge_id
        WHERE p.round_id = ANY($1))
     SELECT e.round_id AS round, e.judge_id AS id, a.name, e.left, e.replaces,
            CASE r.kind WHEN 'tokens' THEN e.laid ELSE e.submitted END AS done,
            CASE WHEN r.kind <> 'tokens' THEN e.submitted + e.open WHEN e.left THEN e.laid
                 ELSE LEAST(r.tokens, e.submitted + e.open) END AS total
       FROM each e JOIN rounds r ON r.id = e.round_id JOIN accounts a ON a.id = e.judge_id
      ORDER BY e.position`,
    [roundIds, tokenCriterion],
  );
}

function viewRound(round: Round, judges: JudgeProgress[], counts: WorkCounts | undefined): RoundView {
  const { id, name, kind, status, criteria, method, scoring, perSubmission, plannedJudges, selection } =
    round;
  const { quorum, passPercent, tokens, instructions, comments, anonymous, closeReason, settingsHash } = round;
  const { marksBeforeClose } = round;
  const { key, name: categoryName, media } = round.category;
  return {
    ...{ id, name, kind, status, criteria, method, scoring, perSubmission, plannedJudges, selection },
    ...{ quorum, passPercent, tokens, instructions, comments, anonymous, closeReason, settingsHash },
    marksBeforeClose,
    category: { key, name: categoryName, media },
    select: round.sourceIds.length > 0 ? { rounds: round.sourceIds, tied: round.ofTied } : null,
    judges: judges.map(({ round: _, ...judge }) => judge),
    works: counts?.works ?? 0,
    selected: counts?.selected ?? 0,
    tied: counts?.tied ?? 0,
    done: judges.reduce((sum, { done }) => sum + done, 0),
    total: judges.reduce((sum, { total }) => sum + total, 0),
    deadlineAt: round.deadlineAt?.toISOString() ?? null,
    openedAt: round.openedAt?.toISOString() ?? null,
    closedAt: round.closedAt?.toISOString() ?? null,
  };
}
