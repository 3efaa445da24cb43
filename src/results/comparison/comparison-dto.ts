import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { quotaTies } from '../../contests/award-rules.js';
import { scoreMethods, tieSteps } from '../../judging/scoring-rules.js';
import { methodView } from '../dto.js';

/** What is changed for the comparison; what is left out is as in the result. */
export class CompareDto extends createZodDto(
  z.object({
    method: z.enum(scoreMethods).optional(),
    trim: z
      .object({ highest: z.number().int().min(0).max(20), lowest: z.number().int().min(0).max(20) })
      .optional(),
    withoutJudge: z.string().max(20).optional().describe('As the result names the judge: 评委3'),
    ties: z.array(z.enum(tieSteps)).optional(),
    quotaTies: z.enum(quotaTies).optional(),
  }),
) {}

const both = <T extends z.ZodType>(of: T) => z.object({ before: of, after: of });

const comparison = z.object({
  base: z.string(),
  purpose: z.literal('comparison').describe('仅供比较: it is not stored, and can’t be locked'),
  method: methodView,
  places: z.number().describe('Works whose place differs'),
  awards: z.number().describe('Works whose prize differs'),
  totals: both(z.object({ awards: z.number(), amountYuan: z.number() })),
  works: z
    .array(
      z.object({
        submission: z.object({ id: z.string(), number: z.string(), title: z.string() }),
        place: both(z.number()),
        score: both(z.string()),
        tier: both(z.string().nullable()),
      }),
    )
    .describe('Those whose prize differs, then those whose place differs most; at most 500'),
});
export type Comparison = z.infer<typeof comparison>;
export class ComparisonDto extends createZodDto(comparison) {}
