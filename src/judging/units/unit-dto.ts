import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { line, text } from '../../common/validation.js';
import { panelEffect } from '../panel-dto.js';

export class UnitQueryDto extends createZodDto(z.object({ q: line(60).optional() })) {}

const units = z.object({
  units: z.array(z.object({ id: z.string(), name: z.string(), judges: z.number(), authors: z.number() })),
  people: z
    .array(
      z.object({
        of: z.enum(['judge', 'author']),
        id: z.string(),
        name: z.string(),
        login: z.string().describe('Phone or e-mail, masked'),
        unit: z.string().nullable(),
      }),
    )
    .describe('Judges first; at most two hundred'),
  more: z.number().describe('So many more there are'),
});
export type UnitsView = z.infer<typeof units>;
export class UnitsDto extends createZodDto(units) {}

const dry = z.boolean().default(false).describe('Only say what it would do');

export class SetUnitsDto extends createZodDto(
  z.object({
    members: z
      .array(
        z.object({
          of: z.enum(['judge', 'author']),
          id: z.uuid(),
          unit: line(60, 1).nullable().describe('Its name; null: of none'),
        }),
      )
      .min(1)
      .max(500),
    dry,
  }),
) {}

export class PasteUnitsDto extends createZodDto(
  z.object({
    text: text(200_000, 1).describe('A line each: name, phone number or both; then the unit, or nothing'),
    dry,
  }),
) {}

const unitEffect = z.object({
  set: z.number().describe('People whose unit this sets or changes'),
  cleared: z.number(),
  unchanged: z.number(),
  unknown: z.array(z.string()).describe('Lines that name nobody of this contest'),
  ambiguous: z.array(z.string()).describe('Lines that name several people'),
  rounds: z
    .array(z.object({ round: z.string(), effect: panelEffect }))
    .describe('Rounds that run and change'),
});
export type UnitEffect = z.infer<typeof unitEffect>;
export class UnitEffectDto extends createZodDto(unitEffect) {}
