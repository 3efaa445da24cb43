import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { submissionStatuses } from './submission.entity.js';

/** A whitelist: nothing of author, account, phone, file name or picture. */
const receiptView = z.object({
  contest: z.object({ slug: z.string(), title: z.string(), timeZone: z.string() }),
  number: z.string(),
  title: z.string(),
  category: z.string(),
  status: z.object({
    code: z.enum(submissionStatuses),
    words: z.string(),
    next: z.string().describe('What happens now'),
  }),
  submittedAt: z.string(),
  files: z.array(z.object({ kind: z.enum(['image', 'video']), bytes: z.number(), sha256: z.string() })),
});
export type ReceiptView = z.infer<typeof receiptView>;

export class ReceiptDto extends createZodDto(receiptView) {}

const fileCheckView = z.object({
  sha256: z.string().describe('Of the bytes as they lie in storage now'),
  matches: z.boolean(),
  checkedAt: z.string(),
});
export type FileCheckView = z.infer<typeof fileCheckView>;

export class FileCheckDto extends createZodDto(fileCheckView) {}
