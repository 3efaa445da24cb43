import { z } from 'zod';
import { roundingModes } from '../../judging/scoring-rules.js';

// What `npm run rank` reads as rules.json; docs/rank.md explains it with examples.

/** Numbers are written as JSON numbers or as decimal strings; either is read exactly. */
const decimal = z.union([z.number(), z.string().regex(/^[+-]?\d+(\.\d+)?$/)]);

const rounding = z.strictObject({
  places: z.number().int().min(0).max(30),
  /** Of a value half-way between two: away from zero, to the even one, or always down or up. */
  mode: z.enum(roundingModes).default('half-away'),
});

const round = rounding.optional();

const overJudges = z.strictObject({
  do: z.literal('judges'),
  method: z.enum(['mean', 'sum', 'median']),
  /** So many of the highest and of the lowest marks are dropped first. */
  drop: z
    .strictObject({ highest: z.number().int().min(0).default(0), lowest: z.number().int().min(0).default(0) })
    .default({ highest: 0, lowest: 0 }),
  round,
});

const overCriteria = z.strictObject({
  do: z.literal('criteria'),
  /** `weighted-mean`: by the criteria's weights, divided by their sum. `sum` and `mean` leave weights alone. */
  method: z.enum(['sum', 'mean', 'weighted-mean']),
  /** Only within each group that `criteria` names; the groups are the criteria afterwards. */
  by: z.literal('group').optional(),
  round,
});

const times = z.strictObject({
  do: z.literal('times'),
  /** What each value is multiplied by: the factor of its criterion, that of its entry in it, or one number. */
  by: z.union([z.literal('criterion'), z.literal('entry'), decimal]),
  round,
});

const toRanks = z.strictObject({
  do: z.literal('ranks'),
  /**
   * What a rank is worth: `rank` itself (less is better), `borda` (entries below it), a table from the first place on
   * (0 beyond it), or e to the power of `exponent` × rank. Equal values share the mean of their ranks.
   */
  points: z.union([
    z.literal('rank'),
    z.literal('borda'),
    z.strictObject({ table: z.array(decimal).min(1) }),
    z.strictObject({ exponent: decimal }),
  ]),
  /** Which value has the first rank. */
  first: z.enum(['highest', 'lowest']).default('highest'),
  round,
});

const adjust = z.strictObject({
  do: z.literal('adjust'),
  /**
   * Takes a judge's strictness out: by least squares (μ + α + β; the strictness of judges with fewer than ten entries is
   * shrunk), or by the judge's own mean and standard deviation.
   */
  model: z.enum(['additive', 'z-score']),
  round,
});

const step = z.discriminatedUnion('do', [overJudges, overCriteria, times, toRanks, adjust]);
export type Step = z.infer<typeof step>;

const tie = z.union([
  z.strictObject({ by: z.literal('criterion'), criterion: z.string() }),
  z.strictObject({ by: z.enum(['mean', 'median', 'marks', 'firsts']) }),
  z.strictObject({ by: z.literal('order'), entries: z.array(z.string()) }),
]);
export type Tie = z.infer<typeof tie>;

export const rulesSchema = z.strictObject({
  /** In an order of their own; without it, all of the scores in the order in which they come. */
  criteria: z
    .array(
      z.strictObject({
        id: z.string(),
        weight: decimal.default(1),
        factor: decimal.default(1),
        group: z.string().optional(),
      }),
    )
    .optional(),
  /** Factors of single entries, a dive's difficulty say; `criterion` left out: in every criterion. */
  factors: z
    .array(z.strictObject({ entry: z.string(), criterion: z.string().optional(), factor: decimal }))
    .default([]),
  /** A mark that stands for “no mark”, as 0 does in some published tables. */
  absent: decimal.optional(),
  steps: z.array(step).min(1),
  best: z.enum(['highest', 'lowest']).default('highest'),
  ties: z.array(tie).default([]),
  /** Places of numbers that have no end, as a third of something has none. */
  precision: z.number().int().min(0).max(30).default(12),
});
export type Rules = z.infer<typeof rulesSchema>;
