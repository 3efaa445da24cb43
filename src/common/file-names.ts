/** Signs that some system takes for its own in a path, and control characters. */
const unfit = /[\p{Cc}\p{Cf}/\\:*?"<>|]/gu;
const longest = 80;

/** The name of a file as it may stand in any folder of any system; its ending stays. */
export function fitName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(unfit, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const signs = Array.from(plain || 'file');
  if (signs.length <= longest) return signs.join('');
  const ending = /\.[\w]{1,8}$/.exec(plain)?.[0] ?? '';
  return signs.slice(0, longest - ending.length).join('') + ending;
}
