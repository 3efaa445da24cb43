import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { entryKinds } from './category.entity.js';
import { galleryModes } from './contest.entity.js';

export const phases = ['upcoming', 'open', 'closed', 'judging', 'decided'] as const;
export type Phase = (typeof phases)[number];

export const criterionRule = z.object({
  name: z.string(),
  weight: z.number(),
  min: z.number(),
  max: z.number(),
  step: z.number(),
});

const category = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  media: z.enum(['image', 'video']),
  entry: z.enum(entryKinds).describe('What a work consists of; with `both` the file is judged'),
  linkRequired: z.boolean().describe('Whether a work is refused without a Douyin link'),
  limits: z.object({
    maxBytes: z.number(),
    maxFiles: z.number(),
    seriesMin: z.number(),
    seriesMax: z.number(),
    maxSeconds: z.number(),
    perAuthor: z.number(),
    minEdge: z.number(),
  }),
  onePrizePerPerson: z.boolean(),
  criteria: z.array(criterionRule),
  prizeTiers: z.array(
    z.object({ id: z.string(), name: z.string(), quota: z.number(), amountYuan: z.number() }),
  ),
});

export class ContestDto extends createZodDto(
  z.object({
    id: z.string(),
    slug: z.string(),
    title: z.string(),
    fullTitle: z.string(),
    region: z.string(),
    theme: z.string(),
    brief: z.string(),
    timeZone: z.string(),
    opensAt: z.string(),
    closesAt: z.string(),
    uploadGraceSeconds: z.number().describe('So long after closesAt an upload begun before it may go on'),
    judgingSince: z.string().nullable(),
    decidedAt: z.string().nullable(),
    capturedFrom: z.string().nullable(),
    capturedUntil: z.string().nullable(),
    now: z.string(),
    phase: z.enum(phases),
    gallery: z.enum(galleryModes),
    counts: z.object({ submissions: z.number() }),
    consentVersion: z.string(),
    declaration: z
      .object({ zh: z.array(z.string()), en: z.array(z.string()) })
      .describe('The promises of that version'),
    seedHash: z.string(),
    categories: z.array(category),
    communities: z.array(z.object({ id: z.string(), name: z.string(), street: z.string() })),
    subjects: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
) {}

export class ContestListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({ slug: z.string(), title: z.string(), region: z.string(), phase: z.enum(phases) }),
    ),
  }),
) {}
