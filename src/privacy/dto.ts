import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class DeletionDto extends createZodDto(z.object({ password: z.string().max(200) })) {}

const deletionPreview = z.object({
  deleted: z
    .object({
      works: z.number().describe('Drafts included'),
      drafts: z.number(),
      files: z.number(),
      bytes: z.number(),
      otherAuthors: z.number().describe('People other than the account whose works go with it'),
      told: z.number().describe('Prizes for which the account told whom to pay'),
    })
    .describe('What goes for good'),
  kept: z
    .array(
      z.object({
        id: z.string(),
        number: z.string().nullable(),
        title: z.string(),
        contest: z.string(),
        category: z.string(),
        decided: z.boolean().describe('False: its words go once the result is locked'),
        shared: z.boolean().describe('Somebody else also sent works of its author, who keeps the name'),
        printed: z
          .object({ name: z.string(), prize: z.string() })
          .nullable()
          .describe('The name that stays in the published result'),
      }),
    )
    .describe('What stays without a name'),
  objections: z
    .number()
    .describe('Written while signed in: they stay until their own date, under the name that they give'),
  refusals: z
    .array(z.object({ code: z.string(), message: z.string() }))
    .describe('What has to be done first; empty where nothing stands in the way'),
});
export type DeletionPreview = z.infer<typeof deletionPreview>;
export class DeletionPreviewDto extends createZodDto(deletionPreview) {}
