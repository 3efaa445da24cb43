import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { text } from '../common/validation.js';
import { promotions, quotaTies } from '../contests/award-rules.js';
import { roundKinds } from '../judging/round.entity.js';
import { roundingModes, scoreMethods, tieSteps } from '../judging/scoring-rules.js';
import { resultStatuses } from './result.entity.js';

const reason = text(500, 1);
const override = z.discriminatedUnion('do', [
  z.object({ do: z.literal('place'), submission: z.uuid(), tier: z.uuid(), reason }),
  z.object({ do: z.literal('out'), submission: z.uuid(), reason }),
  z.object({ do: z.literal('vacate'), tier: z.uuid(), places: z.number().int().min(1).max(10_000), reason }),
]);
const overrides = z
  .array(override)
  .max(500)
  .default([])
  .describe('What the organiser decides against the order: work to tier, work out, places left vacant');

export class CreateResultDto extends createZodDto(z.object({ category: z.string().max(60), overrides })) {}

export class PromotionDto extends createZodDto(
  z.object({
    disqualify: z.uuid().describe('Id of the work'),
    reason,
    dry: z.boolean().default(false).describe('Only say what would change'),
  }),
) {}

export class RevisionDto extends createZodDto(
  z.object({ overrides, reason, dry: z.boolean().default(false).describe('Only say what would change') }),
) {}

export class ResultPageDto extends createZodDto(
  z.object({
    after: z.coerce.number().int().min(0).default(0).describe('Works from the place after this on'),
    limit: z.coerce.number().int().min(1).max(1000).default(500),
    awarded: z.stringbool().default(false).describe('Only works with a prize'),
  }),
) {}

const words = z.object({ zh: z.string(), en: z.string() });
const rounding = z.object({ places: z.number(), mode: z.enum(roundingModes) }).nullable();
const deciders = ['score', ...tieSteps, 'draw'] as const;
const skipReasons = [
  'WITHDRAWN',
  'DISQUALIFIED',
  'NOT_PASSED',
  'PERSON_LIMIT',
  'BELOW_FLOOR',
  'TAKEN_OUT',
  'NO_ROOM',
] as const;
const excluded = z.enum(['WITHDRAWN', 'DISQUALIFIED', 'NOT_PASSED']).nullable();

export const methodView = z.object({
  key: z.enum([...scoreMethods, 'tokens', 'pass']),
  kind: z.enum(roundKinds),
  trim: z.object({ highest: z.number(), lowest: z.number() }).nullable(),
  planned: z.number().describe('Judges for each work when the round opened'),
  expected: z.number().describe('Sheets that each work should have in the end'),
  adjusted: z.boolean().describe('Judges’ severity was taken out'),
  model: z.enum(['none', 'additive', 'mixed']),
  rounding: z.object({ sheet: rounding, score: rounding }),
  ties: z.array(z.enum(deciders)),
  words: z.object({ how: words, why: words }).describe('What the method does, and why it is this one'),
});

const submission = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  author: z.string(),
  community: z.string(),
  thumb: z.string().nullable(),
  placeholder: z.string().nullable(),
});

const rankedWork = z.object({
  place: z.number(),
  submission,
  score: z.string(),
  exact: z.string(),
  group: z.number().describe('Works that the marks leave equal share a number'),
  decidedBy: z.enum(deciders).nullable().describe('What decided against the next work'),
  tieBrokenBy: z
    .enum([...tieSteps, 'draw'])
    .nullable()
    .describe('What decided against the neighbour with the same score, the one above first'),
  tier: z.string().nullable(),
  skipped: z.enum(skipReasons).nullable(),
  excluded,
  passed: z
    .array(z.object({ tier: z.string(), reason: z.enum(['PERSON_LIMIT', 'BELOW_FLOOR']) }))
    .describe('Tiers with room that it was passed over for'),
  overridden: z.boolean(),
  spread: z.string(),
  fitted: z.object({ missing: z.number(), value: z.string() }).nullable(),
  sum: z.array(
    z.object({
      judge: z.string(),
      total: z.string(),
      dropped: z.enum(['highest', 'lowest']).nullable(),
      adjustment: z.string().nullable(),
      counted: z.string().nullable().describe('Points by rank, or a z-score, where not the total counts'),
      criteria: z.array(
        z.object({
          name: z.string(),
          mark: z.union([z.number(), z.string()]).nullable(),
          weight: z.union([z.number(), z.string()]),
        }),
      ),
    }),
  ),
});

const totals = z.object({
  awards: z.number(),
  amountYuan: z.number(),
  budgetAwards: z.number(),
  budgetYuan: z.number(),
});

const tier = z.object({
  id: z.string(),
  name: z.string(),
  quota: z.number(),
  amountYuan: z.number(),
  floor: z.string().nullable(),
  personLimit: z.number().nullable(),
  filled: z.number(),
  vacated: z.number(),
});

const move = z.object({
  submission: submission.pick({ id: true, number: true, title: true, author: true }),
  place: z.number(),
  from: z.string().nullable().describe('Tier; null: it had no prize'),
  to: z.string().nullable().describe('Tier; null: it lost its prize'),
});

const resultView = z.object({
  id: z.string(),
  status: z.enum(resultStatuses),
  version: z.number().nullable().describe('1, 2, 3 … among those that were locked'),
  supersedes: z.string().nullable(),
  origin: z
    .object({
      result: z.string(),
      by: z.enum(['promotion', 'revision']),
      reason: z.string().nullable().describe('Null: erased'),
      moves: z.array(move),
    })
    .nullable()
    .describe('Of a later version: what it came from, why, and what changed'),
  category: z.object({ key: z.string(), name: z.string(), media: z.enum(['image', 'video']) }),
  round: z.object({ id: z.string(), name: z.string(), anonymous: z.boolean() }),
  method: methodView,
  rules: z.object({
    quotaTies: z.enum(quotaTies),
    promotion: z.enum(promotions),
    personLimit: z.object({ category: z.number().nullable(), contest: z.number().nullable() }),
  }),
  createdAt: z.string(),
  secondPerson: z
    .object({
      madeBy: z.string(),
      own: z.boolean().describe('Whoever asks made it'),
      others: z.array(z.string()).describe('Organisers who did not, by name'),
    })
    .nullable()
    .describe('Of a run that somebody else than its maker has to lock; null: it is locked, or anybody may'),
  lockedAt: z.string().nullable(),
  hash: z.string(),
  auditHead: z.string(),
  judgeEffects: z.array(z.object({ judge: z.string(), effect: z.string() })),
  overrides: z.array(
    z.object({
      do: z.enum(['place', 'out', 'vacate']),
      submission: z.string().nullable(),
      tier: z.string().nullable(),
      places: z.number().nullable(),
      reason: z.string().nullable().describe('Null: erased'),
    }),
  ),
  ranking: z.array(rankedWork),
  entries: z.number().describe('Ranked works in all'),
  next: z.number().nullable().describe('`after` of the next page; null: this was the last'),
  tiers: z.array(tier),
  totals,
});
export type ResultView = z.infer<typeof resultView>;
export class ResultDto extends createZodDto(resultView) {}

const change = z.object({
  result: z.string().nullable().describe('The new version; null where it was only tried'),
  status: z.enum(resultStatuses).nullable(),
  policy: z.enum(promotions),
  moves: z.array(move),
  tiers: z.array(tier),
  totals,
  before: totals,
});
export type ChangeView = z.infer<typeof change>;
export class ChangeDto extends createZodDto(change) {}

export class ResultListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        status: z.enum(resultStatuses),
        version: z.number().nullable(),
        supersedes: z.string().nullable(),
        category: z.string(),
        createdAt: z.string(),
        lockedAt: z.string().nullable(),
        hash: z.string(),
      }),
    ),
  }),
) {}
