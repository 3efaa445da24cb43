import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { text } from '../common/validation.js';
import { anonymous, categoryName, contestName, criterion, sheet } from './dto.js';
import { roundKinds } from './round.entity.js';

// What a judge is given. The serializer lets nothing through that isn't named here.

const judgedRound = {
  id: z.string(),
  name: z.string(),
  kind: z.enum(roundKinds),
  status: z.enum(['open', 'paused', 'closed']),
  contest: contestName.extend({ timeZone: z.string() }),
  category: categoryName,
  anonymous,
  tokens: z.number().nullable().describe('So many a judge may lay, in a round of tokens'),
  deadlineAt: z.string().nullable(),
  marksBeforeClose: z.boolean().describe('Whether organisers may see marks before the close'),
};

export class JudgeRoundListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        ...judgedRound,
        done: z.number().describe('Sheets handed in; in a round of tokens those laid'),
        total: z.number().describe('Works; in a round of tokens how many are to be laid'),
      }),
    ),
  }),
) {}

export class TaskPageDto extends createZodDto(
  z.object({
    limit: z.coerce.number().int().min(1).max(500).optional().describe('Absent: the whole list at once'),
    cursor: z.string().max(500).optional(),
    at: z.uuid().optional().describe('A task: the page that holds it, of pages counted from the beginning'),
  }),
) {}

/** Private to the judge, but for the reason of a flag, which the organiser reads. */
const remarks = z.object({
  favourite: z.boolean(),
  note: z.string(),
  flagReason: z.string().describe('Why the organiser should look at this work; empty: not flagged'),
});
export type RemarksView = z.infer<typeof remarks>;
export class RemarksDto extends createZodDto(remarks) {}

/** What isn't named stays as it is. */
export class SaveRemarksDto extends createZodDto(
  z.object({
    favourite: z.boolean().optional(),
    note: text(1000).optional(),
    flagReason: text(200).optional(),
  }),
) {}

export class FlagListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        submissionId: z.string(),
        code: z.string(),
        number: z.string(),
        title: z.string(),
        judge: z.string(),
        reason: z.string(),
        flaggedAt: z.string(),
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
      ...judgedRound,
      criteria: z.array(criterion),
      instructions: z.string(),
      comments: z.boolean().describe('Whether judges write comments, which go to the author'),
      expected: z.number().nullable().describe('Share of the works that are to be chosen, where it is known'),
    }),
    items: z.array(
      z.object({
        id: z.string(),
        state: z.enum(['open', 'submitted']),
        submission: judgedSubmission,
        sheet: sheet.nullable(),
        remarks: remarks.nullable(),
      }),
    ),
    start: z.number().describe('So many of the own works come before the first of these'),
    works: z.number().describe('So many own works there are'),
    done: z.number().describe('So many of them have a sheet handed in; in a round of tokens: have a token'),
    next: z.string().nullable().describe('Cursor of the page that follows'),
  }),
) {}
