import { readonly, ref, watchEffect } from 'vue';
import { chooseLanguage, fill, type Language } from './language';

export type { Language };

const REMEMBERED = 'dingge.language';

const current = ref<Language>(chooseLanguage(window.location.search, remembered()));

watchEffect(() => {
  document.documentElement.lang = languageTag();
});

/** The chosen language, reactive. */
export const language = readonly(current);

/** As browsers and the API name it. */
export function languageTag(): 'zh-CN' | 'en' {
  return current.value === 'zh' ? 'zh-CN' : 'en';
}

export function setLanguage(next: Language): void {
  current.value = next;
  try {
    localStorage.setItem(REMEMBERED, next);
  } catch {
    // A private window without storage: the choice then lasts as long as the page.
  }
}

/** A page's own words, in both languages: a key that one of them lacks does not compile. */
export interface Dictionary<Key extends string> {
  zh: Record<Key, string>;
  en: Record<NoInfer<Key>, string>;
}

export type Translate<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

/**
 * `const { t } = useWords(words)`, then `t('count', { n: 3 })` for `count: '共 {n} 件'`. Reactive: a template that
 * calls `t` follows the language switch.
 */
export function useWords<Key extends string>(
  dictionary: Dictionary<Key>,
): { t: Translate<Key>; language: typeof language } {
  return { t: (key, values) => fill(dictionary[current.value][key], values), language };
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
