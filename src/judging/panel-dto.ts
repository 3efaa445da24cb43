import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { text } from '../common/validation.js';

const reason = text(500, 1);

/** What can be changed about the panel and the works of a round while it is open or paused. */
export const panelChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add-judge'), judge: z.uuid() }),
  z.object({ type: z.literal('remove-judge'), judge: z.uuid(), reason }),
  z.object({
    type: z.literal('replace-judge'),
    judge: z.uuid(),
    by: z.uuid(),
    take: z.enum(['open', 'all']).describe('What isn’t marked yet, or everything again'),
    reason,
  }),
  z.object({
    type: z.literal('per-submission'),
    perSubmission: z.number().int().min(1).max(100).nullable(),
    reason,
  }),
  z.object({
    type: z.literal('remove-work'),
    submission: z.uuid(),
    status: z.enum(['withdrawn', 'disqualified']),
    reason,
  }),
  z.object({ type: z.literal('add-work'), submission: z.uuid(), reason }),
]);
export type PanelChange = z.infer<typeof panelChange>;

export class PanelChangeDto extends createZodDto(
  z.object({ change: panelChange, dry: z.boolean().default(false).describe('Only say what it would do') }),
) {}

/** In a round of tokens a sheet is a vote: whose it is, and how many a work has, nobody learns from a preview. */
const ofSheets = z.number().nullable();
const load = z.object({ done: ofSheets, total: z.number() });

export const panelEffect = z.object({
  added: z.number().describe('Tasks that are handed out'),
  released: z.number().describe('Tasks that leave their judges’ lists'),
  kept: ofSheets.describe('Submitted sheets that go on counting; null in a round of tokens'),
  uncounted: ofSheets.describe('Submitted sheets that stay on record and count no more; null as well'),
  works: z.object({ before: z.number(), after: z.number() }),
  judges: z.array(
    z.object({ id: z.string(), name: z.string(), left: z.boolean(), before: load, after: load }),
  ),
  lacking: z
    .array(z.object({ code: z.string(), number: z.string(), eligible: z.number() }))
    .describe('Works that would have fewer judges than they shall have'),
  connected: z.boolean().describe('Whether every judge can be compared with every other'),
});
export type PanelEffect = z.infer<typeof panelEffect>;
export class PanelEffectDto extends createZodDto(panelEffect) {}

export class NewConflictDto extends createZodDto(
  z.object({
    judge: z.uuid(),
    target: z.discriminatedUnion('of', [
      z.object({ of: z.literal('submission'), id: z.uuid() }),
      z.object({ of: z.literal('author'), id: z.uuid() }),
      z.object({ of: z.literal('community'), id: z.uuid() }),
      z.object({ of: z.literal('unit'), id: z.uuid() }),
    ]),
    reason,
    dry: z.boolean().default(false),
  }),
) {}

const conflict = z.object({
  id: z.string(),
  judge: z.object({ id: z.string(), name: z.string() }),
  of: z.enum(['submission', 'author', 'community', 'unit']),
  name: z.string().describe('Title and number of the work, or name of the author, community or unit'),
  reason: z.string(),
  automatic: z.boolean().describe('The unit is the judge’s own'),
  lifted: z.string().nullable().describe('Why an automatic one doesn’t count'),
  createdAt: z.string(),
});
export type ConflictView = z.infer<typeof conflict>;
export class ConflictListDto extends createZodDto(z.object({ items: z.array(conflict) })) {}

export class LiftConflictDto extends createZodDto(z.object({ reason })) {}

export class ConflictEffectDto extends createZodDto(
  z.object({
    id: z.string().nullable(),
    rounds: z.array(z.object({ round: z.string(), effect: panelEffect })).describe('Of each open round'),
  }),
) {}
