import { SEED_TITLES } from './serif-words.ts';

const LATIN =
  ' !"#%&\'()*+,-./0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz¥·–—‘’“”…、。《》「」！（），：；？';

/** A dictionary entry whose key ends in Heading is set in serif: `prizesHeading: '奖项'`. */
const HEADING = /\b\w*(?:Heading|heading):\s*(['"`])((?:(?!\1).)*)\1/gs;

/** Every character that the serif has to cover, once each, in code point order. */
export function serifCharacters(sources: readonly string[]): string {
  const headings = sources.flatMap((source) => [...source.matchAll(HEADING)].map((match) => match[2] ?? ''));
  const characters = new Set([...SEED_TITLES, ...headings, LATIN].join(''));
  return [...characters]
    .filter((character) => character >= ' ')
    .sort()
    .join('');
}
