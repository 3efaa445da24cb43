import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { languages } from '../../common/language.js';
import { both, line, phone, text } from '../../common/validation.js';

const change = z.object({
  kind: z.enum(['added', 'removed', 'moved']),
  number: z.string(),
  title: z.string(),
  name: z.string(),
  category: z.string(),
  from: z.string().nullable().describe('Prize in the version before'),
  to: z.string().nullable(),
});
export type NoticeChange = z.infer<typeof change>;

/** For everybody: names are masked, nothing else of a person is in it. */
const noticeView = z.object({
  contest: z.object({ slug: z.string(), title: z.string(), timeZone: z.string() }),
  version: z.number(),
  state: z.enum(['open', 'closed']),
  publishedAt: z.string(),
  publishedOn: z.string(),
  lastDay: z.string(),
  closesAt: z.string(),
  workingDays: z.number(),
  daysLeft: z.number(),
  calendarKnown: z
    .boolean()
    .describe('False: counted as Monday to Friday, for no days off of these years were set'),
  issuer: z.string(),
  contact: z.string(),
  phone: z.string(),
  email: z.string(),
  awards: z.number(),
  categories: z.array(
    z.object({
      name: z.string(),
      hash: z.string(),
      tiers: z.array(
        z.object({
          name: z.string(),
          awards: z.array(z.object({ number: z.string(), title: z.string(), name: z.string() })),
        }),
      ),
    }),
  ),
  auditHead: z.string(),
  objections: z.object({
    received: z.number(),
    answered: z.number(),
    public: z.array(z.object({ number: z.number(), answer: z.string(), answeredAt: z.string() })),
  }),
  versions: z.array(
    z.object({
      version: z.number(),
      publishedAt: z.string(),
      lastDay: z.string(),
      reason: z.string(),
      changes: z.array(change),
    }),
  ),
});
export type NoticeView = z.infer<typeof noticeView>;
export class NoticeDto extends createZodDto(noticeView) {}

export class PublishDto extends createZodDto(
  z.object({
    reason: text(500).default('').describe('Of a version that takes the place of another; published with it'),
    dry: z.boolean().default(false).describe('Shows what would be published'),
  }),
) {}

/** What organisers see of it, beside what everybody does. */
export class NoticeDeskDto extends createZodDto(
  z.object({
    notice: noticeView.nullable(),
    outdated: z.boolean().describe('The results changed after it was published'),
    lockedCategories: z.array(z.string()),
    missingCategories: z.array(z.string()),
    holds: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .describe('What payments still wait for; null where nothing holds them'),
  }),
) {}

const day = z
  .string()
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)), {
    message: both('请写成 2026-10-01 这样的日期。', 'Write days as 2026-10-01.'),
  });
const days = z
  .array(day)
  .max(400)
  .transform((given) => [...new Set(given)].sort());

export class SetNoticeSettingsDto extends createZodDto(
  z.object({
    issuer: line(60).default(''),
    contact: line(60).default(''),
    phone: z.union([z.literal(''), line(40)]).default(''),
    email: z.union([z.literal(''), z.email().max(120)]).default(''),
    workingDays: z.number().int().min(1).max(60).default(5),
    daysOff: days.default([]),
    extraWorkDays: days.default([]),
  }),
) {}

export class NoticeSettingsDto extends createZodDto(
  z.object({
    issuer: z.string(),
    contact: z.string(),
    phone: z.string(),
    email: z.string(),
    workingDays: z.number(),
    daysOff: z.array(z.string()),
    extraWorkDays: z.array(z.string()),
  }),
) {}

export class NoticePdfQueryDto extends createZodDto(
  z.object({
    language: z.enum(languages).default('zh'),
    version: z.coerce.number().int().min(1).optional(),
  }),
) {}

export class TicketDto extends createZodDto(
  z.object({ ticket: z.string(), waitSeconds: z.number().describe('It is taken no sooner than this') }),
) {}

/** The fields of an objection's form. */
export const objectionFields = z.object({
  ticket: z.string().max(200),
  name: line(40, 1),
  phone,
  text: text(2000, 10),
  work: line(20).default('').describe('Number of the work that it is about'),
});
export type ObjectionFields = z.infer<typeof objectionFields>;

export class ReceivedObjectionDto extends createZodDto(
  z.object({ number: z.number(), token: z.string().describe('Under which its answer is found') }),
) {}

/** Of one's own objection. */
export class OwnObjectionDto extends createZodDto(
  z.object({
    contest: z.object({ slug: z.string(), title: z.string(), timeZone: z.string() }),
    number: z.number(),
    receivedAt: z.string(),
    text: z.string(),
    files: z.number(),
    answer: z.string().nullable(),
    answeredAt: z.string().nullable(),
    purgeAt: z.string().describe('When what was told goes'),
    purged: z.boolean(),
  }),
) {}

export class ObjectionListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        number: z.number(),
        noticeVersion: z.number(),
        work: z.object({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
        name: z.string(),
        phone: z.string(),
        text: z.string(),
        receivedAt: z.string(),
        files: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            mime: z.string(),
            bytes: z.number(),
            link: z.string(),
          }),
        ),
        answer: z.string(),
        answerPublic: z.boolean(),
        answeredAt: z.string().nullable(),
        purgeAt: z.string().describe('When name, phone, text and files go'),
        purged: z.boolean(),
      }),
    ),
  }),
) {}

export class AnswerDto extends createZodDto(
  z.object({
    answer: text(2000, 2),
    public: z.boolean().describe('Stands under the notice for everybody; then it should name nobody'),
  }),
) {}
