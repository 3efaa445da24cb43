import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { both, line, phone, text } from '../common/validation.js';
import { submissionStatuses } from './submission.entity.js';

/** A day of the calendar, as `2019-08-30`. */
const day = z.iso.date({ message: both('请选择日期。', 'Choose a date.') });

const author = z.object({ name: line(40, 1), phone });

/** What an entrant says of a work. Everything may be missing while it is a draft. */
export const submissionFields = z.object({
  title: line(60).optional(),
  story: text(2000).optional(),
  community: line(60).optional(),
  communityName: line(60).optional(),
  subject: line(60).optional(),
  author: author.optional(),
  takenOn: z.union([day, z.literal('')]).optional(),
  takenPlace: line(60).optional(),
  douyinText: text(2000).optional(),
  authorAgreed: z.boolean().optional().describe('The author, who is somebody else, agreed to be sent for'),
});
export type SubmissionFields = z.infer<typeof submissionFields>;

/** The text parts of the multipart form: the author is JSON, the switches are words. */
export const submissionForm = submissionFields.extend({
  category: z.string().max(60),
  author: z
    .string()
    .max(500)
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue('JSON');
        return z.NEVER;
      }
    })
    .pipe(author)
    .optional(),
  authorAgreed: z.stringbool().optional(),
  consent: z.string().max(40).optional(),
  draft: z.enum(['true', 'false']).optional(),
});

export class PatchSubmissionDto extends createZodDto(submissionFields) {}

export class OrderDto extends createZodDto(z.object({ media: z.array(z.uuid()).max(50) })) {}

export class SubmitDto extends createZodDto(z.object({ consent: z.string().max(40) })) {}

export const links = z.object({
  small: z.string().optional(),
  thumb: z.string().optional(),
  preview: z.string().optional(),
  full: z.string().optional(),
  poster: z.string().optional(),
  play: z.string().optional(),
  original: z.string().optional(),
});

const check = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });

export const mediaView = z.object({
  id: z.string(),
  kind: z.enum(['image', 'video']),
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  status: z.enum(['pending', 'ready', 'failed']),
  progress: z.number().nullable().describe('Of a video that is being processed: percent'),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  placeholder: z.string().nullable(),
  takenOn: z.string().nullable().describe('The day on which the file says that it was taken'),
  coordinates: z
    .object({ lat: z.number(), lon: z.number() })
    .nullable()
    .describe('Where the file says that it was taken: degrees north and east'),
  checks: z.array(check),
  links,
});

export const submissionView = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.enum(submissionStatuses),
  category: z.string(),
  title: z.string(),
  story: z.string(),
  community: z.object({ id: z.string(), name: z.string() }).nullable(),
  subject: z.object({ id: z.string(), name: z.string() }).nullable(),
  author: z.object({ id: z.string(), name: z.string(), phone: z.string() }),
  takenOn: z.string().nullable(),
  takenPlace: z.string(),
  douyinText: z.string(),
  authorAgreedAt: z.string().nullable(),
  consent: z.object({ version: z.string(), at: z.string().nullable() }).nullable(),
  createdAt: z.string(),
  submittedAt: z.string().nullable(),
  reason: z.string().nullable(),
  repairUntil: z
    .string()
    .nullable()
    .describe('Of a work that was sent back: until then, exclusively, it may be mended'),
  receipt: z
    .object({ url: z.string().describe('Its public page: needs no session, names nobody') })
    .nullable(),
  media: z.array(mediaView),
  checks: z.array(check),
});
export type SubmissionView = z.infer<typeof submissionView>;
export type MediaView = z.infer<typeof mediaView>;

export class SubmissionDto extends createZodDto(submissionView) {}

export class SubmissionListDto extends createZodDto(
  z.object({ items: z.array(submissionView), next: z.string().nullable() }),
) {}

const uploadView = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  received: z.number(),
  mark: z.string().nullable(),
  lastModified: z.number().nullable(),
  begunAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['receiving', 'attached', 'refused']),
  mediaId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type UploadView = z.infer<typeof uploadView>;

export class UploadListDto extends createZodDto(z.object({ items: z.array(uploadView) })) {}
