import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { languages } from '../common/language.js';
import { both, line } from '../common/validation.js';
import { betterStates } from '../media/better-state.js';
import { taxRules } from './tax.js';

const size = { bytes: z.number(), width: z.number().nullable(), height: z.number().nullable() };
const state = z
  .enum(betterStates)
  .describe(
    'Beside the judged file: the same, less, of something else, or better and therefore in the archive',
  );

const winnerFile = z.object({
  position: z.number(),
  ...size,
  better: z.object({ state, ...size }).nullable(),
});
export type WinnerFile = z.infer<typeof winnerFile>;
export class WinnerFilesDto extends createZodDto(z.object({ files: z.array(winnerFile) })) {}

const original = z.object({
  position: z.number(),
  state,
  ...size,
  judged: z.object(size),
  links: z.object({ small: z.string().nullable(), original: z.string().nullable() }),
});
export type OriginalView = z.infer<typeof original>;

/** Of the one prize that a link is for; it names nobody in full. */
export class PayeeLinkDto extends createZodDto(
  z.object({
    contest: z.object({ slug: z.string(), title: z.string(), timeZone: z.string() }),
    work: z.object({ number: z.string(), title: z.string() }),
    category: z.string(),
    tier: z.string(),
    author: z.string().describe('Masked'),
    amountFen: z.number(),
    tax: z
      .object({ rule: z.enum(taxRules), fen: z.number() })
      .nullable()
      .describe('Null: not chosen yet'),
    expiresAt: z.string(),
    purgeDays: z.number(),
    originals: z.number().describe('Files of the work, which the winner confirms to be the originals'),
    files: z.array(winnerFile).describe('Its photos, and what was handed in beside them'),
  }),
) {}

const digitsAndLetters = (max: number) =>
  z
    .string()
    .max(max * 3)
    .transform((value) => value.normalize('NFKC').replace(/[\s-]/gu, '').toUpperCase());

export class FillPayeeDto extends createZodDto(
  z.object({
    realName: line(40, 2),
    idType: z.enum(['resident', 'other']),
    idNumber: digitsAndLetters(30),
    bank: line(60, 4),
    account: digitsAndLetters(40).refine((value) => /^\d{9,32}$/.test(value), {
      message: both('请填写银行账号，只有数字。', 'Enter the account number, digits only.'),
    }),
    accountConfirmed: z.boolean().default(false).describe('Although it does not pass its check'),
    originalConfirmed: z.literal(true, {
      message: both('请确认投稿的文件是原始文件。', 'Confirm that the file sent is the original.'),
    }),
    consent: z.literal(true, {
      message: both('请先同意再提交。', 'Agree before you send it.'),
    }),
  }),
) {}

const tax = z.enum(taxRules).nullable();

const payee = z.object({
  submission: z.object({ id: z.string(), number: z.string(), title: z.string() }),
  category: z.string(),
  tier: z.string(),
  author: z.string(),
  phone: z.string().describe('Masked'),
  amountFen: z.number(),
  taxFen: z.number().nullable(),
  state: z.enum(['none', 'sent', 'expired', 'filled', 'purged']),
  linkExpiresAt: z.string().nullable(),
  filledAt: z.string().nullable(),
  purgeAt: z.string().nullable(),
  told: z
    .object({
      realName: z.string(),
      idType: z.enum(['resident', 'other']),
      idNumber: z.string(),
      bank: z.string(),
      account: z.string(),
    })
    .nullable()
    .describe('Masked; null where nothing came, or it cannot be opened'),
  nameDiffers: z.boolean().describe('From the author’s name'),
  samePerson: z.array(z.string()).describe('Numbers of other works of the same identity number'),
  sameAccount: z.array(z.string()),
  originals: z.array(original).describe('Handed in by the winner, beside the judged files'),
});
export type PayeeView = z.infer<typeof payee>;

export class PayeeListDto extends createZodDto(
  z.object({
    items: z.array(payee),
    tiers: z.array(
      z.object({
        id: z.string(),
        category: z.string(),
        name: z.string(),
        amountFen: z.number(),
        quota: z.number(),
        awards: z.number(),
        rule: tax,
        taxFen: z.number().nullable().describe('Of one prize'),
      }),
    ),
    totals: z.object({
      budgetFen: z.number(),
      payableFen: z.number(),
      vacantFen: z.number(),
      taxFen: z.number().nullable(),
      netFen: z.number().nullable(),
    }),
    purgeDays: z.number(),
    holds: z.object({ code: z.string(), detail: z.string() }).nullable(),
  }),
) {}

export class PaymentSettingsDto extends createZodDto(
  z.object({
    taxes: z.record(z.uuid(), z.enum(taxRules)),
    purgeDays: z.number().int().min(30).max(3650),
  }),
) {}

export class IssuedLinkDto extends createZodDto(z.object({ link: z.string(), expiresAt: z.string() })) {}

export class ToldDto extends createZodDto(
  z.object({
    realName: z.string(),
    idType: z.enum(['resident', 'other']),
    idNumber: z.string(),
    bank: z.string(),
    account: z.string(),
  }),
) {}

export class AccountingDto extends createZodDto(
  z.object({
    numbers: z.enum(['masked', 'full']).default('masked'),
    language: z.enum(languages).default('zh'),
  }),
) {}
