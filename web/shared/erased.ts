import { language } from './i18n';

/** As the server has them, src/common/erased.ts: documents are in Chinese. */
const said: Record<string, string> = { 已注销: 'withdrawn person', 已注销作品: 'work of a withdrawn person' };

/** A name or a title, where that of somebody who gave the account up is said in the page's language. */
export function named(text: string): string {
  return language.value === 'en' ? (said[text] ?? text) : text;
}
