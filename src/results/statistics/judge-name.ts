/** A judge as results name them, 评委3, in the reader’s language. */
export function judgeName(label: string, language: 'zh' | 'en'): string {
  return language === 'en' ? label.replace(/^评委(?=\d+$)/, 'Judge ') : label;
}
