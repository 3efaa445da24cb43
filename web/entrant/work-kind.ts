import type { Submission } from '../shared/api-types';
import { formatDuration } from '../shared/format';
import type { Translate } from '../shared/i18n';
import type { standingWords } from './standing-words';

/** 单幅, 组照 4 张, 短视频 · 1:42: what kind of work it is, by its files. */
export function workKind(
  { media }: Pick<Submission, 'media'>,
  t: Translate<keyof (typeof standingWords)['zh']>,
): string {
  const first = media[0];
  if (!first) return t('noFiles');
  if (first.kind === 'video') {
    return first.durationMs ? t('videoOf', { time: formatDuration(first.durationMs) }) : t('video');
  }
  return media.length > 1 ? t('series', { n: media.length }) : t('single');
}
