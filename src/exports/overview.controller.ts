import { Controller, Get, Param } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Access } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { roundView } from '../judging/dto.js';
import { RoundsService } from '../judging/rounds.service.js';

const byStatus = z.object({
  draft: z.number(),
  submitted: z.number(),
  accepted: z.number(),
  returned: z.number(),
  rejected: z.number(),
  withdrawn: z.number(),
});

class OverviewDto extends createZodDto(
  z.object({
    submissions: byStatus,
    byCategory: z.array(
      z.object({ key: z.string(), name: z.string(), total: z.number(), accepted: z.number() }),
    ),
    media: z.object({ pending: z.number(), ready: z.number(), failed: z.number() }),
    people: z.object({ entrants: z.number(), judges: z.number() }),
    rounds: z.array(roundView),
  }),
) {}

type Counts = Record<string, number>;

/** Where a contest stands, in numbers, for the organiser's first page. */
@ApiTags('exports')
@Controller('contests/:slug/overview')
export class OverviewController {
  constructor(
    private readonly contests: ContestsService,
    private readonly rounds: RoundsService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Get()
  @Access('organiser')
  @ZodResponse({ status: 200, type: OverviewDto })
  async show(@Param('slug') slug: string): Promise<OverviewDto> {
    const { id } = await this.contests.findBySlug(slug);
    const works = await this.count(
      'SELECT status AS key, count(*)::int AS n FROM submissions WHERE contest_id = $1 GROUP BY 1',
      id,
    );
    const media = await this.count(
      'SELECT status AS key, count(*)::int AS n FROM media WHERE contest_id = $1 AND live GROUP BY 1',
      id,
    );
    const people = await this.count(
      'SELECT role AS key, count(*)::int AS n FROM role_grants WHERE contest_id = $1 GROUP BY 1',
      id,
    );
    return {
      submissions: {
        draft: works['draft'] ?? 0,
        submitted: works['submitted'] ?? 0,
        accepted: works['accepted'] ?? 0,
        returned: works['returned'] ?? 0,
        rejected: (works['rejected'] ?? 0) + (works['disqualified'] ?? 0),
        withdrawn: works['withdrawn'] ?? 0,
      },
      byCategory: await this.dataSource.query(
        `SELECT k.key, k.name,
                count(s.id) FILTER (WHERE s.status IN ('submitted', 'accepted', 'returned'))::int AS total,
                count(s.id) FILTER (WHERE s.status = 'accepted')::int AS accepted
           FROM categories k LEFT JOIN submissions s ON s.category_id = k.id
          WHERE k.contest_id = $1 GROUP BY k.id ORDER BY k.position`,
        [id],
      ),
      media: { pending: media['pending'] ?? 0, ready: media['ready'] ?? 0, failed: media['failed'] ?? 0 },
      people: { entrants: people['entrant'] ?? 0, judges: people['judge'] ?? 0 },
      rounds: await this.rounds.list(id),
    };
  }

  private async count(sql: string, contestId: string): Promise<Counts> {
    const rows = await this.dataSource.query<{ key: string; n: number }[]>(sql, [contestId]);
    return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
  }
}
