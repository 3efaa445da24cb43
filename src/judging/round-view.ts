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
  return manager.query<JudgeProgress[]>(
    `SELECT p.round_id AS round, p.judge_id AS id, a.name, p.left_at IS NOT NULL AS left, p.replaces_id AS replaces,
            CASE r.kind WHEN 'tokens' THEN t.laid ELSE t.submitted END AS done,
            CASE WHEN r.kind <> 'tokens' THEN t.submitted + t.open
                 WHEN p.left_at IS NOT NULL THEN t.laid
                 ELSE LEAST(r.tokens, t.submitted + t.open) END AS total
       FROM round_judges p
       JOIN rounds r ON r.id = p.round_id
       JOIN accounts a ON a.id = p.judge_id
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE own.state = 'submitted')::int AS submitted,
                count(*) FILTER (WHERE own.state = 'open')::int AS open,
                count(*) FILTER (WHERE own.state = 'submitted' AND v.marks->$2 = '1')::int AS laid
           FROM tasks own
           LEFT JOIN sheet_versions v
             ON r.kind = 'tokens' AND v.task_id = own.id AND v.version = own.version
          WHERE own.round_id = p.round_id AND own.judge_id = p.judge_id) t
      WHERE p.round_id = ANY($1) ORDER BY p.position`,
    [roundIds, tokenCriterion],
  );
}

function viewRound(round: Round, judges: JudgeProgress[], counts: WorkCounts | undefined): RoundView {
  const { id, name, kind, status, criteria, method, perSubmission, plannedJudges, selection } = round;
  const { quorum, passPercent, tokens, instructions, comments, anonymous, closeReason, settingsHash } = round;
  const { key, name: categoryName, media } = round.category;
  return {
    ...{ id, name, kind, status, criteria, method, perSubmission, plannedJudges, selection },
    ...{ quorum, passPercent, tokens, instructions, comments, anonymous, closeReason, settingsHash },
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
