import type { Check, Media } from '../shared/api-types';
import { formatDate } from '../shared/format';
import type { Language, Translate } from '../shared/i18n';
import type { warningWords } from './warning-words';

export interface FileWarning {
  /** Counted from 1, as on the tiles. */
  position: number;
  check: Check;
  /** The work's only file has no number but is the photo, or the video. */
  alone: Media['kind'] | null;
}

/** In the order of the tiles. */
export function warningsOf(media: readonly Media[]): FileWarning[] {
  return media.flatMap((item, index) => {
    // A compressed copy is small because it was compressed: one sentence says both.
    const telling = item.checks.some((check) => check.code === 'WECHAT_COMPRESSED')
      ? item.checks.filter((check) => check.code !== 'TOO_SMALL')
      : item.checks;
    const alone = media.length === 1 ? item.kind : null;
    return telling.map((check) => ({ position: index + 1, check, alone }));
  });
}

type Key = keyof (typeof warningWords)['zh'];

const sentences: Readonly<Record<string, Key>> = {
  TOO_SMALL: 'tooSmall',
  WECHAT_COMPRESSED: 'weChat',
  NO_EXIF: 'noExif',
  OWN_DUPLICATE: 'ownDuplicate',
  AI_GENERATED: 'aiGenerated',
  AI_EDITED: 'aiEdited',
  AI_POSSIBLE: 'aiPossible',
  CAPTURED_EARLY: 'capturedEarly',
  CAPTURED_LATE: 'capturedLate',
  CAPTURED_IN_FUTURE: 'capturedInFuture',
  SOUND_LOST: 'soundLost',
  SOUND_MENDED: 'soundMended',
};

/** What an entrant should know of the whole work. */
export function workWarningText({ code, params }: Check, t: Translate<Key>): string {
  const work = ownWork(params, t);
  return t(workSentences[code] ?? 'otherOfWork', { work });
}

/** By title and number; a draft has no number yet, and perhaps no title. */
function ownWork({ title, number }: Check['params'], t: Translate<Key>): string {
  const name = title || t('untitled');
  return number ? t('ownNumbered', { title: name, number }) : t('ownWork', { title: name });
}

const workSentences: Readonly<Record<string, Key>> = {
  DOUYIN_LINK_MISSING: 'linkMissing',
  DOUYIN_NO_VIDEO: 'linkNoVideo',
  DOUYIN_TWICE: 'linkTwice',
};

/** A warning as a sentence. Days arrive as `2019-08-30` and are read as people write them. */
export function warningText(
  { position, check, alone }: FileWarning,
  t: Translate<Key>,
  language: Language,
): string {
  const generator = check.params['generator'];
  const day = (name: string) => {
    const value = check.params[name];
    return typeof value === 'string' ? formatDate(`${value}T00:00:00Z`, 'UTC', language, 'date') : '';
  };
  const which = alone === null ? t('nth', { n: position }) : t(alone === 'video' ? 'video' : 'photo');
  return t(sentences[check.code] ?? 'other', {
    ...check.params,
    which,
    work: ownWork(check.params, t),
    source: generator ? t('source', { generator }) : '',
    taken: day('taken'),
    limit: day('limit'),
  });
}
