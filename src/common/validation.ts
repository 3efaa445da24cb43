import { z } from 'zod';
import { en, zhCN } from 'zod/locales';
import type { Language } from './problem.js';

const locales = { zh: zhCN().localeError, en: en().localeError };

/** zod's own sentence for an issue, in the user's language; a sentence that the schema gives wins. */
export function fieldMessage(issue: z.core.$ZodIssue, language: Language): string {
  if (issue.message.includes(separator)) return inLanguage(issue.message, language);
  const said = locales[language](issue as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}

/** A unit separator: no sentence holds one. */
const separator = '\u001f';

/** One message in both languages, for whoever writes it before the language is known. */
export function both(zh: string, en: string): string {
  return `${zh}${separator}${en}`;
}

/** The half of a `both(…)` message that the user reads; any other message as it is. */
export function inLanguage(message: string, language: Language): string {
  const [zh = '', en = zh] = message.split(separator);
  return language === 'zh' ? zh : en;
}

// Control characters but for line breaks and tabs; and the marks that turn the direction of what follows.
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/g;

/** What a person typed, as it is kept: NFC, without control and direction characters, trimmed. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(invisible, '').normalize('NFC').trim();
}

/** Length in characters as a person counts them, not in UTF-16 units. */
export function characters(text: string): number {
  return Array.from(text).length;
}

/** A text field of at most `max` characters, cleaned. */
export function text(max: number, min = 0) {
  return z
    .string()
    .max(max * 8)
    .transform(cleanText)
    .refine((value) => characters(value) >= min, {
      message:
        min === 1
          ? both('请填写此项。', 'This is required.')
          : both(`至少 ${min} 个字。`, `At least ${min} characters.`),
    })
    .refine((value) => characters(value) <= max, {
      message: both(`最多 ${max} 个字,请缩短。`, `At most ${max} characters; please shorten it.`),
    });
}

/** A one-line text: line breaks become spaces. */
export function line(max: number, min = 0) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.replace(/\s+/gu, ' ') : value),
    text(max, min),
  );
}

/** A phone number as typed: spaces and dashes dropped, +86 of the mainland dropped. */
export const phone = z
  .string()
  .max(40)
  .transform((value) => value.replace(/[\s\-()]/g, '').replace(/^(\+?86)(?=1\d{10}$)/, ''))
  .refine((value) => /^\+?\d{6,15}$/.test(value), {
    message: both('请填写正确的手机号。', 'Enter a valid phone number.'),
  });
