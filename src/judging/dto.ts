import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { both, line, text } from '../common/validation.js';
import { criterionRule } from '../contests/dto.js';
import { roundMethods } from './round.entity.js';

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

export class CreateRoundDto extends createZodDto(
  z.object({
    category: z.string().max(60),
    name: line(40, 1),
    kind: z.literal('score').default('score'),
    criteria: z.array(newCriterion).min(1).max(12).optional(),
    judges: z.array(z.uuid()).min(1).max(100),
    perSubmission: z.null().optional(),
    method: z.enum(roundMethods).nullish(),
    select: z.null().optional(),
  }),
) {}

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

const sheet = z.object({
  version: z.number(),
  marks: z.record(z.string(), mark),
  comment: z.string(),
  submitted: z.boolean(),
  savedAt: z.string(),
});
export type SheetView = z.infer<typeof sheet>;
export class SheetDto extends createZodDto(sheet) {}

const criterion = criterionRule.extend({ id: z.string() });
const categoryName = z.object({ key: z.string(), name: z.string(), media: z.enum(['image', 'video']) });
const anonymous = z.boolean().describe('False where works are judged by their links, which name the author');
const contestName = z.object({ slug: z.string(), title: z.string() });

export const roundView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.literal('score'),
  status: z.enum(['draft', 'open', 'closed']),
  category: categoryName,
  criteria: z.array(criterion),
  method: z.enum(roundMethods),
  anonymous,
  judges: z.array(z.object({ id: z.string(), name: z.string(), done: z.number(), total: z.number() })),
  works: z.number(),
  done: z.number(),
  total: z.number(),
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  closeReason: z.string().nullable(),
  settingsHash: z.string().nullable(),
});
export type RoundView = z.infer<typeof roundView>;
export class RoundDto extends createZodDto(roundView) {}
export class RoundListDto extends createZodDto(z.object({ items: z.array(roundView) })) {}

export class JudgeRoundListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.enum(['open', 'closed']),
        contest: contestName,
        category: categoryName,
        anonymous,
        done: z.number(),
        total: z.number(),
      }),
    ),
  }),
) {}

/**
 * All that a judge may know of a work. The serializer lets nothing else through: no author, sender, phone,
 * number, file name, hash, time, place, community, nor anybody else's marks; and a link, which names the author, only
 * where the round is judged by links alone and says so.
 */
const judgedSubmission = z.object({
  code: z.string(),
  title: z.string(),
  story: z.string(),
  subject: z.string().nullable(),
  link: z.string().nullable().describe('On Douyin; only in a round that is not anonymous'),
  media: z.array(
    z.object({
      kind: z.enum(['image', 'video']),
      width: z.number().nullable(),
      height: z.number().nullable(),
      durationMs: z.number().nullable(),
      placeholder: z.string().nullable(),
      links: z.object({
        small: z.string().optional(),
        thumb: z.string().optional(),
        preview: z.string().optional(),
        full: z.string().optional(),
        poster: z.string().optional(),
        play: z.string().optional(),
      }),
    }),
  ),
});

export class TaskListDto extends createZodDto(
  z.object({
    round: z.object({
      id: z.string(),
      name: z.string(),
      status: z.enum(['open', 'closed']),
      contest: contestName,
      category: categoryName,
      anonymous,
      criteria: z.array(criterion),
    }),
    items: z.array(
      z.object({
        id: z.string(),
        state: z.enum(['open', 'submitted']),
        submission: judgedSubmission,
        sheet: sheet.nullable(),
      }),
    ),
  }),
) {}
