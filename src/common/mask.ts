/** 13812345678 → 138****5678; an e-mail keeps its first letter and domain. */
export function maskContact(contact: string | null | undefined): string {
  if (!contact) return '';
  const at = contact.indexOf('@');
  if (at > 0) return `${contact.slice(0, 1)}***${contact.slice(at)}`;
  if (contact.length < 7) return `${contact.slice(0, 1)}***`;
  return `${contact.slice(0, 3)}****${contact.slice(-4)}`;
}

const letters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * A name as it is published: 王*明, 李*, 阿**拉·买*提. First and last letters stay, words and their dots too; a name in
 * letters keeps the first of each word, J*** S****.
 */
export function maskName(name: string): string {
  return name
    .split(/([\s·・.•]+)/u)
    .map((part, index) =>
      index % 2 === 1 ? part : maskWord(Array.from(letters.segment(part), (l) => l.segment)),
    )
    .join('');
}

function maskWord(word: string[]): string {
  const [first = '', ...rest] = word;
  const last = /\p{Script=Latin}/u.test(first) || word.length < 3 ? [] : rest.slice(-1);
  return first + '*'.repeat(rest.length - last.length) + last.join('');
}
