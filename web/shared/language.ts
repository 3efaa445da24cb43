/** Which language the page speaks: pure, so that it can be tested without a browser. */
export type Language = 'zh' | 'en';

/** Chinese, unless English was asked for: now by `?lang=en`, or earlier by the switch. */
export function chooseLanguage(query: string, remembered: string | null): Language {
  const asked = new URLSearchParams(query).get('lang');
  if (asked === 'en' || asked === 'zh') return asked;
  return remembered === 'en' ? 'en' : 'zh';
}

/** Puts values in the `{name}` places of a sentence. A place without a value stays visible, braces and all. */
export function fill(sentence: string, values: Record<string, string | number> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
