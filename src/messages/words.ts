import { fill, type Language } from '../common/problem.js';

/** What a kind of message says, in both languages; `{name}` is replaced by the parameter of that name. */
export interface MessageWords {
  title: Record<Language, string>;
  text: Record<Language, string>;
}

/**
 * A word that is the same in both languages (a title, a person's own words), one that isn't, or the end of a time,
 * told in the contest's time zone.
 */
export type MessageParam = string | number | Record<Language, string> | { until: string; timeZone: string };
export type MessageParams = Record<string, MessageParam>;

export interface Message<K extends string = string> {
  kind: K;
  params: MessageParams;
}

/**
 * Declares the messages of a feature in one place: `kinds` goes to {@link MessageKinds}, `message` makes one to be
 * sent. Stored are kind and parameters, so that whoever reads it does so in their own language.
 */
export function defineMessages<K extends string>(kinds: Record<K, MessageWords>) {
  return {
    kinds,
    message: (kind: K, params: MessageParams): Message<K> => ({ kind, params }),
  };
}

/** Title (one line) and text of a message, in a reader's language. */
export function inWords(words: MessageWords, params: MessageParams, language: Language) {
  const said = Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, paramIn(param, language)]),
  );
  return {
    title: fill(words.title[language], said).replace(/[\s\p{Cc}]+/gu, ' '),
    text: fill(words.text[language], said),
  };
}

function paramIn(param: MessageParam, language: Language): string | number {
  if (typeof param !== 'object') return param;
  return 'until' in param ? endIn(new Date(param.until), param.timeZone, language) : param[language];
}

/** An exclusive end, as people say it: 18:00 is 18:00, but midnight is the last minute of the day before. */
function endIn(end: Date, timeZone: string, language: Language): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const told = clock.format(end) === '00:00' ? new Date(end.getTime() - 1) : end;
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(told);
}
