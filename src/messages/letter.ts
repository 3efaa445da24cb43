import type { Language } from '../common/problem.js';
import { inWords, type MessageParams, type MessageWords } from './words.js';

/** A message as an e-mail: what is told, and around it whom it greets, where to look, and who sends it. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

export interface LetterParts {
  words: MessageWords;
  params: MessageParams;
  language: Language;
  /** Of the person it is for. */
  name: string;
  /** Page that it is about. */
  url: string;
  /** The contest's title, where it is about one. */
  contest: string | null;
}

const frame = {
  zh: {
    greeting: (name: string) => `${name}，您好：`,
    look: '打开页面',
    from: (contest: string | null) => (contest ? `${contest} · 定格` : '定格'),
    footer: '本邮件由系统发出，请勿直接回复。不想再收到邮件，可在“账户”中删除邮箱。',
  },
  en: {
    greeting: (name: string) => `Dear ${name},`,
    look: 'Open the page',
    from: (contest: string | null) => (contest ? `${contest} · Dingge` : 'Dingge'),
    footer:
      'Sent by the site; please do not reply. To get no more e-mails, remove your address in “Account”.',
  },
};

/** Pure: no part of it can begin a header or a tag of its own. */
export function writeLetter({ words, params, language, name, url, contest }: LetterParts): Letter {
  const { title, text } = inWords(words, params, language);
  const { greeting, look, from, footer } = frame[language];
  const lines = [greeting(oneLine(name)), text];
  return {
    subject: oneLine(title),
    text: [...lines, `${look}: ${url}`, `${from(contest)}\n${footer}`].join('\n\n'),
    html: [
      `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8">`,
      '<body style="font:16px/1.6 sans-serif;color:#1b1b19;background:#faf9f6;padding:24px">',
      ...lines.map((line) => `<p>${escaped(line).replace(/\n/g, '<br>')}</p>`),
      `<p><a href="${escaped(url)}" style="color:#1b1b19">${look}</a><br><small>${escaped(url)}</small></p>`,
      `<p style="color:#5b5a55;font-size:13px">${escaped(from(contest))}<br>${footer}</p></body></html>`,
    ].join('\n'),
  };
}

export function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
