import type { DataSource } from 'typeorm';
import type { Check } from '../submissions/check.js';

/**
 * Works that name the same work of Douyin as another one, by whomever it was sent. Only the desk ever learns of it: what
 * an entrant does neither asks this nor waits for it.
 */
export async function seenLinks(
  dataSource: DataSource,
  submissionIds: string[],
): Promise<Map<string, string[]>> {
  const rows = await dataSource.query<{ id: string; numbers: string[] }[]>(
    `SELECT mine.id, array_agg(DISTINCT other.number ORDER BY other.number) AS numbers
       FROM submissions mine
       JOIN submissions other
         ON other.contest_id = mine.contest_id AND other.id <> mine.id AND other.number IS NOT NULL
            AND other.status NOT IN ('draft', 'withdrawn')
            AND (other.douyin_video_id = mine.douyin_video_id OR other.douyin_short_code = mine.douyin_short_code)
      WHERE mine.id = ANY($1) GROUP BY mine.id`,
    [submissionIds],
  );
  return new Map(rows.map(({ id, numbers }) => [id, numbers]));
}

/** What only organisers are told of a work, beside what its entrant is: numbers of works that look like it or have its link. */
export function deskChecks(of: { alike: string[]; seen: string[]; authorAsked: boolean }): Check[] {
  return [
    ...of.alike.map((number) => check('DUPLICATE', { number })),
    ...(of.seen.length > 0 ? [check('DOUYIN_SEEN', { numbers: of.seen.join('、') })] : []),
    ...(of.authorAsked ? [] : [check('AUTHOR_NOT_ASKED')]),
  ];
}

function check(code: Check['code'], params: Check['params'] = {}): Check {
  return { code, params };
}
