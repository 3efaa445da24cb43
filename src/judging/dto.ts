import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { both, line, text } from '../common/validation.js';
import { criterionRule } from '../contests/dto.js';
import { roundKinds } from './round.entity.js';
import { roundingModes, roundMethods, tieSteps } from './scoring-rules.js';

/** Marks are counted in ten-thousandths. */
const fourDecimals = z.number().min(-1_000_000).max(1_000_000).multipleOf(0.0001);

const newCriterion = z
  .object({
    name: line(20, 1),
    weight: fourDecimals.positive(),
    min: fourDecimals,
    max: fourDecimals,
    step: fourDecimals.min(0.0001),
  })
  .refine(({ min, max }) => max > min, {
    message: both('最高分必须大于最低分。', 'max must be greater than min.'),
  });

const drops = z.number().int().min(0).max(20);
const rounding = z
  .object({ places: z.number().int().min(0).max(6), mode: z.enum(roundingModes).default('half-away') })
  .nullable();

const scoring = z
  .object({
    trim: z
      .object({ highest: drops, lowest: drops })
      .nullable()
      .optional()
      .describe('Of the trimmed mean; null: one and one'),
    rounding: z
      .object({
        sheet: rounding.optional().describe('Of each judge’s total'),
        score: rounding.optional().describe('Of the score'),
      })
      .optional()
      .describe('Null: exact'),
    ties: z
      .array(z.enum(tieSteps))
      .refine((steps) => new Set(steps).size === steps.length, {
        message: both('每一步只能出现一次。', 'Each step at most once.'),
      })
      .refine((steps) => !steps.slice(0, -1).includes('earlier_submission'), {
        message: both(
          '“先投稿者在前”只能放在最后一步。',
          'The earlier submission can only be the last step.',
        ),
      })
      .optional()
      .describe(
        'What decides between equal scores, in this order; the draw comes last and can’t be left out',
      ),
  })
  .nullish();

const scoringView = z.object({
  trim: z.object({ highest: z.number(), lowest: z.number() }).nullable(),
  rounding: z.object({ sheet: rounding, score: rounding }),
  ties: z.array(z.enum(tieSteps)),
});

const settings = {
  name: line(40, 1),
  criteria: z
    .array(newCriterion)
    .min(1)
    .max(12)
    .optional()
    .describe('Of a round of marks; else the category’s'),
  judges: z.array(z.uuid()).min(1).max(100),
  perSubmission: z
    .number()
    .int()
    .min(1)
    .max(100)
    .nullish()
    .describe('Judges for each work; null: all of them'),
  method: z.enum(roundMethods).nullish().describe('Null or auto: by the design of the round'),
  scoring,
  quorum: z
    .number()
    .int()
    .min(1)
    .max(100)
    .nullish()
    .describe('Pass or fail: so many judges must have decided'),
  passPercent: z
    .number()
    .int()
    .min(1)
    .max(100)
    .nullish()
    .describe('… and so many of a hundred of them pass it'),
  tokens: z.number().int().min(1).max(10_000).nullish().describe('So many each judge may lay'),
  select: z
    .object({ rounds: z.array(z.uuid()).min(1).max(20), tied: z.boolean().default(false) })
    .nullish()
    .describe(
      'Works that closed rounds selected, or that were tied on their line; null: every accepted work',
    ),
  deadlineAt: z.iso.datetime({ offset: true }).nullish(),
  instructions: text(4000).optional(),
  comments: z.boolean().optional(),
};

export class CreateRoundDto extends createZodDto(
  z.object({
    ...settings,
    category: z.string().max(60),
    kind: z.enum(roundKinds).default('score'),
  }),
) {}

/** All of a draft; of a round that has begun the deadline and the instructions. */
export class ChangeRoundDto extends createZodDto(z.object(settings).partial()) {}

export class CloseRoundDto extends createZodDto(z.object({ reason: text(500).optional() }).prefault({})) {}

export class RecusalDto extends createZodDto(z.object({ reason: text(500, 1) })) {}

const mark = z.number().nullable();

export class SaveSheetDto extends createZodDto(
  z.object({
    marks: z.record(z.string().max(60), mark),
    comment: text(1000).optional(),
    submitted: z.boolean(),
  }),
) {}

export const sheet = z.object({
  version: z.number(),
  marks: z.record(z.string(), mark),
  comment: z.string(),
  submitted: z.boolean(),
  savedAt: z.string(),
});
export type SheetView = z.infer<typeof sheet>;
export class SheetDto extends createZodDto(sheet) {}

export const criterion = criterionRule.extend({ id: z.string() });
export const categoryName = z.object({
  key: z.string(),
  name: z.string(),
  media: z.enum(['image', 'video']),
});
export const anonymous = z
  .boolean()
  .describe('False where works are judged by their links, which name the author');
export const contestName = z.object({ slug: z.string(), title: z.string() });

const selectionView = z.discriminatedUnion('by', [
  z.object({ by: z.literal('number'), count: z.number(), tied: z.enum(['in', 'out']) }),
  z.object({ by: z.literal('threshold'), least: z.number() }),
  z.object({ by: z.literal('hand'), reason: z.string() }),
]);

export const roundView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(roundKinds),
  status: z.enum(['draft', 'open', 'paused', 'closed']),
  category: categoryName,
  criteria: z.array(criterion),
  method: z.enum(roundMethods),
  scoring: scoringView,
  perSubmission: z.number().nullable(),
  plannedJudges: z.number().nullable(),
  quorum: z.number().nullable(),
  passPercent: z.number().nullable(),
  tokens: z.number().nullable(),
  select: z.object({ rounds: z.array(z.string()), tied: z.boolean() }).nullable(),
  selection: selectionView.nullable().describe('How works were selected from this round for the next'),
  selected: z.number().describe('Works that go on'),
  tied: z.number().describe('Works that were tied on the line'),
  deadlineAt: z.string().nullable(),
  instructions: z.string(),
  comments: z.boolean(),
  anonymous,
  judges: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      done: z.number(),
      total: z.number(),
      left: z.boolean().describe('Takes no more works; what was submitted before counts'),
      replaces: z.string().nullable().describe('In whose place this judge came'),
    }),
  ),
  works: z.number(),
  done: z.number(),
  total: z.number(),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  closeReason: z.string().nullable(),
  settingsHash: z.string().nullable(),
  marksBeforeClose: z.boolean().describe('Whether organisers may see marks before the close; frozen'),
});
export type RoundView = z.infer<typeof roundView>;
export class RoundDto extends createZodDto(roundView) {}
export class RoundListDto extends createZodDto(z.object({ items: z.array(roundView) })) {}
