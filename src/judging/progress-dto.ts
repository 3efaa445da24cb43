import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** How a round goes, without a mark in it. Times are ISO 8601. */
const progress = z.object({
  now: z.string(),
  judges: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      left: z.boolean(),
      done: z.number(),
      total: z.number(),
      recused: z.number(),
      firstSavedAt: z.string().nullable(),
      lastSavedAt: z.string().nullable(),
      secondsPerWork: z.number().nullable().describe('Median between two works marked one after the other'),
      fastestTwentySeconds: z
        .number()
        .nullable()
        .describe('The shortest time in which twenty works were marked; null below twenty'),
      tooFast: z.boolean(),
      expectedEnd: z.string().nullable().describe('At the pace since the first mark; null before it'),
      remindedAt: z.string().nullable(),
    }),
  ),
  works: z
    .array(z.object({ sheets: z.number(), works: z.number() }))
    .describe('How many works have how many sheets; empty in a round of tokens, where a sheet is a vote'),
  fewest: z
    .array(
      z.object({
        id: z.string(),
        code: z.string(),
        number: z.string(),
        title: z.string(),
        sheets: z.number(),
        wanted: z.number(),
      }),
    )
    .describe('The works that lack the most sheets, at most fifty'),
  expectedEnd: z.string().nullable().describe('When the last judge would be done'),
});
export type RoundProgress = z.infer<typeof progress>;
export class RoundProgressDto extends createZodDto(progress) {}

export class RemindDto extends createZodDto(z.object({ judges: z.array(z.uuid()).min(1).max(100) })) {}
export class RemindedDto extends createZodDto(z.object({ reminded: z.number() })) {}

const judgingSettings = z.object({
  marksBeforeClose: z
    .boolean()
    .describe('Whether rounds that open from now on let organisers see marks before their close'),
});
export type JudgingSettings = z.infer<typeof judgingSettings>;
export class JudgingSettingsDto extends createZodDto(judgingSettings) {}

const roundMarks = z.object({
  judges: z.array(z.object({ id: z.string(), name: z.string() })),
  items: z.array(
    z.object({
      submission: z.string(),
      code: z.string(),
      number: z.string(),
      title: z.string(),
      sheets: z.array(z.object({ judge: z.string(), marks: z.record(z.string(), z.number().nullable()) })),
    }),
  ),
});
export class RoundMarksDto extends createZodDto(roundMarks) {}
