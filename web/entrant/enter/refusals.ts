import type { MediaKind } from '../../shared/api-types';
import { formatBytes, formatDuration } from '../../shared/format';
import type { Translate } from '../../shared/i18n';
import type { words as sendingWords } from '../sending/words';
import type { RefusedFile } from './file-rules';
import type { words } from './words';

const NAMED = 3;

/** Why chosen files were not taken, a sentence each; those that are merely too many share one. */
export function refusalTexts(
  refused: readonly RefusedFile[],
  kind: MediaKind,
  t: Translate<keyof (typeof words)['zh']>,
  say: Translate<keyof (typeof sendingWords)['zh']>,
): string[] {
  const tooMany: string[] = [];
  const texts: string[] = [];
  let max = 0;
  for (const { name, refusal } of refused) {
    switch (refusal.code) {
      case 'WRONG_KIND':
        texts.push(t(kind === 'image' ? 'refusedKindImage' : 'refusedKindVideo', { name }));
        break;
      case 'EMPTY':
        texts.push(t('refusedEmpty', { name }));
        break;
      case 'ALREADY_HERE':
        texts.push(say('alreadyHere', { name }));
        break;
      case 'TOO_LARGE': {
        const { bytes, maxBytes } = refusal;
        texts.push(t('refusedLarge', { name, bytes: formatBytes(bytes), size: formatBytes(maxBytes) }));
        break;
      }
      case 'TOO_LONG': {
        const minutes = Math.round(refusal.maxSeconds / 6) / 10;
        texts.push(t('refusedLong', { name, length: formatDuration(refusal.durationMs), minutes }));
        break;
      }
      case 'TOO_MANY':
        max = refusal.max;
        tooMany.push(name);
    }
  }
  if (tooMany.length > 0) {
    const names = tooMany
      .slice(0, NAMED)
      .map((name) => `「${name}」`)
      .join('');
    const key = tooMany.length > NAMED ? 'refusedManyMore' : 'refusedMany';
    texts.push(t(key, { max, names, n: tooMany.length }));
  }
  return texts;
}
