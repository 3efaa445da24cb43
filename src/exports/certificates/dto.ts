import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class CertificateListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        number: z.string(),
        submission: z.object({ id: z.string(), number: z.string(), title: z.string() }),
        author: z.string(),
        category: z.string(),
        tier: z.string(),
        lacking: z.array(z.string()).describe('Letters that the fonts lack: they are printed as 〓'),
      }),
    ),
  }),
) {}

export class CertificateCheckDto extends createZodDto(
  z.object({
    number: z.string(),
    valid: z.boolean().describe('False once the work has that prize no longer'),
    contest: z.string(),
    slug: z.string(),
    name: z.string().describe('Masked'),
    title: z.string(),
    category: z.string(),
    tier: z.string(),
    awardedAt: z.string(),
  }),
) {}
