import { StreamableFile } from '@nestjs/common';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { languages } from '../common/language.js';

/** In which language headings are. */
export class LanguageDto extends createZodDto(z.object({ language: z.enum(languages).default('zh') })) {}

/** A file to take away, whole in memory before its first byte leaves. */
export function download(content: Buffer, name: string, type: string): StreamableFile {
  return new StreamableFile(content, {
    type,
    disposition: `attachment; filename="${name}"`,
    length: content.length,
  });
}
