import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { text } from '../../common/validation.js';

const selection = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('number'),
    count: z.number().int().min(1).max(100_000),
    tied: z
      .enum(['in', 'out'])
      .default('in')
      .describe('Works tied on the line go on, or wait for a vote of their own'),
  }),
  z.object({
    by: z.literal('threshold'),
    least: z.number().min(0).max(1_000_000).describe('Points of 100, percent of passes, or tokens'),
  }),
  z.object({ by: z.literal('hand'), works: z.array(z.uuid()).min(1).max(100_000), reason: text(500, 1) }),
]);
export type GivenSelection = z.infer<typeof selection>;

export class SelectDto extends createZodDto(
  z.object({ selection, dry: z.boolean().default(false).describe('Only say which works would go on') }),
) {}

const selected = z.object({
  works: z.number().describe('How many go on'),
  authors: z.number().describe('… of so many authors'),
  tied: z.number().describe('Works that were tied on the line and wait for a vote'),
  of: z.number(),
  items: z.array(
    z.object({
      submission: z.string(),
      code: z.string(),
      number: z.string(),
      title: z.string(),
      value: z.string().nullable().describe('What it was selected by; null: too few marks'),
      sheets: z.number(),
      fate: z.enum(['yes', 'tied', 'no']),
    }),
  ),
});
export type SelectionOutcome = z.infer<typeof selected>;
export class SelectedDto extends createZodDto(selected) {}
