import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { promotions, quotaTies } from '../../contests/award-rules.js';

const limit = z.number().int().min(1).max(1000).nullable();

const category = {
  personLimit: limit.describe('The most prizes of the category for one author; null: no limit'),
  quotaTies: z
    .enum(quotaTies)
    .describe('Equal works on the last place of a tier: the chain decides, all get it, none does'),
  promotion: z
    .enum(promotions)
    .describe('Who gets the place of a work that is disqualified after the result was locked'),
};

const tier = {
  id: z.uuid(),
  floor: z.number().min(0).max(1_000_000).multipleOf(0.0001).nullable().describe('The least score for it'),
  personLimit: limit.describe('The most prizes of the tier for one author'),
};

/** What is left out stays as it is. */
export class SetAwardRulesDto extends createZodDto(
  z.object({
    personLimit: limit.optional().describe('The most prizes of all categories for one author'),
    secondLock: z.boolean().optional().describe('Whoever locks a result is not who made it'),
    categories: z
      .array(
        z
          .object({ ...category, tiers: z.array(z.object(tier).partial().required({ id: true })).max(50) })
          .partial()
          .extend({ key: z.string().max(60) }),
      )
      .max(50)
      .optional(),
  }),
) {}

const view = z.object({
  personLimit: limit,
  secondLock: z.boolean(),
  categories: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      frozenAt: z
        .string()
        .nullable()
        .describe('When its first round opened, since when nothing changes; null: none has'),
      ...category,
      tiers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          quota: z.number(),
          amountYuan: z.number(),
          floor: z.number().nullable(),
          personLimit: limit,
        }),
      ),
    }),
  ),
});
export type AwardRulesView = z.infer<typeof view>;
export class AwardRulesDto extends createZodDto(view) {}
