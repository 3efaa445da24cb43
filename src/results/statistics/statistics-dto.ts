import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { languages } from '../../common/language.js';

const nullable = z.number().nullable();
const work = z.object({ id: z.string(), number: z.string(), title: z.string() });

const statistics = z.object({
  result: z.string(),
  reliability: z.object({
    complete: z.boolean().describe('Every judge marked every work'),
    works: z.number(),
    judges: z.number(),
    sheets: z.number().describe('Of a work: harmonic mean'),
    icc21: nullable.describe('ICC(2,1): of one judge, severity taken for error; complete rounds only'),
    icc2k: nullable.describe('ICC(2,k): of the panel’s mean, severity taken for error; complete rounds only'),
    interval: z.object({ low: z.number(), high: z.number() }).nullable().describe('95 % of ICC(2,k)'),
    icc3k: nullable.describe('ICC(3,k): of the panel’s mean, severity left out; complete rounds only'),
    reliability: nullable.describe('σ_α² / (σ_α² + σ²/k̃), severity taken out; incomplete rounds too'),
    judgesForGood: nullable.describe('Judges for each work that would reach 0.8; null: no number would'),
    deviation: z
      .object({ works: z.number(), chance: z.number() })
      .describe('Standard deviations, in points: between works, and of chance in one mark'),
  }),
  concordance: z
    .object({ w: z.number(), chiSquare: nullable, freedom: nullable })
    .nullable()
    .describe('Kendall’s W; without χ² where not everybody marked everything'),
  judges: z.array(
    z.object({
      judge: z.string(),
      sheets: z.number(),
      severity: z.number().describe('Points above the average judge, by least squares'),
      error: z.number().describe('Its standard error'),
      scatter: nullable.describe('Own standard deviation beside the panel’s: 1 is as consistent'),
      agreement: nullable.describe('Correlation with the mean of the others'),
      slope: nullable.describe('1: spreads works as the panel does; near 0: gives all the same'),
    }),
  ),
  flags: z.object({
    count: z.number(),
    items: z
      .array(
        z.object({
          submission: work,
          judge: z.string(),
          value: z.number(),
          expected: z.number(),
          deviation: z.number().describe('In standard deviations'),
        }),
      )
      .describe('The farthest 100'),
  }),
  affiliation: z
    .object({
      same: z.object({ sheets: z.number(), difference: z.number() }),
      other: z.object({ sheets: z.number(), difference: z.number() }),
      t: nullable,
    })
    .describe('Marks for works of the judge’s own unit beside all others, severity taken out'),
  confidence: z
    .object({
      draws: z.number(),
      sureFrom: z.number().describe('Below it a prize is too close to call'),
      close: z.number().describe('Works with a prize that is too close to call'),
      works: z
        .array(
          z.object({
            submission: work,
            place: z.number(),
            tier: z.string().nullable(),
            sure: z.number().describe('Share of the draws in which it came out as it did'),
            close: z.boolean(),
            shares: z.array(z.object({ tier: z.string(), share: z.number() })),
          }),
        )
        .describe('Works with a prize, and those that had one in 5 % of the draws; at most 500'),
    })
    .nullable()
    .describe('Null: the marks show no difference between works beyond chance'),
});
export type StatisticsView = z.infer<typeof statistics>;
export class StatisticsDto extends createZodDto(statistics) {}

export class StatisticsPaperDto extends createZodDto(
  z.object({ language: z.enum(languages).default('zh') }),
) {}
