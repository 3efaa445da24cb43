import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { text } from '../common/validation.js';
import { links, mediaView, submissionView } from '../submissions/dto.js';
import { submissionStatuses } from '../submissions/submission.entity.js';

export const decisions = ['accept', 'return', 'reject'] as const;
export type Decision = (typeof decisions)[number];

const decision = {
  decision: z.enum(decisions),
  reason: text(500).nullish(),
  until: z.iso
    .datetime({ offset: true })
    .transform((value) => new Date(value))
    .nullish()
    .describe(
      'Of `return`: until when the work may be mended; 48 hours unless said, and never before the deadline',
    ),
};

export class ScreeningDto extends createZodDto(z.object(decision)) {}

export class BulkScreeningDto extends createZodDto(
  z.object({
    ids: z.array(z.uuid()).min(1).max(500),
    ...decision,
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

/** What a file says of itself, for organisers' eyes. Times as its clock showed them, exposure in seconds and millimetres. */
const facts = z.object({
  takenAt: z.string().nullable(),
  camera: z.string().nullable(),
  lens: z.string().nullable(),
  exposure: z.object({
    fNumber: z.number().nullable(),
    exposureTime: z.number().nullable(),
    iso: z.number().nullable(),
    focalLength: z.number().nullable(),
  }),
  gps: z.object({ lat: z.number(), lon: z.number() }).nullable(),
  software: z.string().nullable(),
  edits: z.object({
    programs: z.array(z.string()),
    history: z.boolean(),
    savedAt: z.string().nullable(),
  }),
  provenance: z.object({
    c2pa: z.boolean(),
    ai: z.enum(['generated', 'edited', 'possible']).nullable(),
    mark: z.string().nullable(),
    generator: z.string().nullable(),
  }),
});
export type FileFacts = z.infer<typeof facts>;

/** The same bytes; the same picture, changed or not; or alike enough to look. */
const certainty = z.enum(['same_file', 'same_picture', 'similar']);
export type Certainty = z.infer<typeof certainty>;

/** A file that one of a work's files looks like. `place` counts the files of a work from 1. */
const lookAlike = z.object({
  pair: z.string(),
  certainty,
  mediaId: z.string(),
  place: z.number(),
  other: z.object({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    status: z.enum(submissionStatuses),
    author: z.string(),
    submittedAt: z.string().nullable(),
    mediaId: z.string(),
    place: z.number(),
    files: z.number(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    placeholder: z.string().nullable(),
    links,
  }),
});
export type LookAlike = z.infer<typeof lookAlike>;

export class LookAlikesDto extends createZodDto(z.object({ items: z.array(lookAlike) })) {}

export class DeskDto extends createZodDto(
  z.object({
    items: z.array(
      submissionView.extend({
        media: z.array(mediaView.extend({ facts: facts.nullable() })),
        sentBy: z.object({ name: z.string() }),
        /** Numbers of the other works among `lookAlikes`. */
        duplicates: z.array(z.string()),
        lookAlikes: z.array(lookAlike),
      }),
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
