import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { text } from '../common/validation.js';
import { submissionView } from '../submissions/dto.js';

export const decisions = ['accept', 'return', 'reject'] as const;
export type Decision = (typeof decisions)[number];

export class ScreeningDto extends createZodDto(
  z.object({ decision: z.enum(decisions), reason: text(500).nullish() }),
) {}

export class BulkScreeningDto extends createZodDto(
  z.object({
    ids: z.array(z.uuid()).min(1).max(500),
    decision: z.enum(decisions),
    reason: text(500).nullish(),
  }),
) {}

export class BulkScreeningAnswerDto extends createZodDto(
  z.object({
    done: z.number(),
    refused: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
  }),
) {}

export const deskTabs = ['pending', 'returned', 'accepted', 'rejected', 'all'] as const;

export class DeskQueryDto extends createZodDto(
  z.object({
    status: z.enum(deskTabs).default('pending'),
    category: z.string().max(60).optional(),
    q: z.string().max(100).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
) {}

export class DeskDto extends createZodDto(
  z.object({
    items: z.array(
      submissionView.extend({ sentBy: z.object({ name: z.string() }), duplicates: z.array(z.string()) }),
    ),
    counts: z.object({
      pending: z.number(),
      returned: z.number(),
      accepted: z.number(),
      rejected: z.number(),
      all: z.number(),
    }),
    next: z.string().nullable(),
  }),
) {}
