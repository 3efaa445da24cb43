import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class CreateResultDto extends createZodDto(z.object({ category: z.string().max(60) })) {}

const tieSteps = [
  'criterion',
  'untrimmed_mean',
  'median',
  'sorted_marks',
  'earlier_submission',
  'draw',
] as const;

const resultView = z.object({
  id: z.string(),
  status: z.enum(['dry', 'locked']),
  category: z.object({ key: z.string(), name: z.string(), media: z.enum(['image', 'video']) }),
  round: z.object({ id: z.string(), name: z.string(), anonymous: z.boolean() }),
  method: z.object({ key: z.enum(['trimmed', 'mean']), planned: z.number(), adjusted: z.boolean() }),
  createdAt: z.string(),
  lockedAt: z.string().nullable(),
  hash: z.string(),
  auditHead: z.string(),
  ranking: z.array(
    z.object({
      place: z.number(),
      submission: z.object({
        id: z.string(),
        number: z.string(),
        title: z.string(),
        author: z.string(),
        community: z.string(),
        thumb: z.string().nullable(),
        placeholder: z.string().nullable(),
      }),
      score: z.string(),
      exact: z.string(),
      tier: z.string().nullable(),
      skipped: z.enum(['WITHDRAWN', 'DISQUALIFIED', 'PERSON_LIMIT', 'NO_ROOM']).nullable(),
      tieBrokenBy: z.enum(tieSteps).nullable(),
      spread: z.string(),
      fitted: z.object({ missing: z.number(), value: z.string() }).nullable(),
      sum: z.array(
        z.object({
          judge: z.string(),
          total: z.string(),
          dropped: z.enum(['highest', 'lowest']).nullable(),
          adjustment: z.string().nullable(),
          criteria: z.array(
            z.object({
              name: z.string(),
              mark: z.union([z.number(), z.string()]).nullable(),
              weight: z.union([z.number(), z.string()]),
            }),
          ),
        }),
      ),
    }),
  ),
  tiers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      quota: z.number(),
      amountYuan: z.number(),
      filled: z.number(),
    }),
  ),
  totals: z.object({
    awards: z.number(),
    amountYuan: z.number(),
    budgetAwards: z.number(),
    budgetYuan: z.number(),
  }),
});
export type ResultView = z.infer<typeof resultView>;
export class ResultDto extends createZodDto(resultView) {}

export class ResultListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['dry', 'locked']),
        category: z.string(),
        createdAt: z.string(),
        lockedAt: z.string().nullable(),
        hash: z.string(),
      }),
    ),
  }),
) {}
