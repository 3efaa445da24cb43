import type { Check, Media } from '../../shared/api-types';
import type { ScreeningItem } from '../../shared/api-types-desk';

/** What a check says, as a key of the dictionary with what is filled in; amber asks for a look, seal stops the work. */
export interface Finding {
  key: FindingKey;
  params: Record<string, string | number>;
  tone: 'amber' | 'seal' | 'quiet';
}

export type FindingKey =
  | 'processing'
  | 'processingAt'
  | 'processingFailed'
  | 'tooSmall'
  | 'tooSmallUnknown'
  | 'sameFile'
  | 'samePicture'
  | 'similar'
  | 'alikeWithin'
  | 'wechat'
  | 'noExif'
  | 'soundLost'
  | 'soundMended'
  | 'aiGenerated'
  | 'aiEdited'
  | 'aiPossible'
  | 'capturedEarly'
  | 'capturedLate'
  | 'capturedInFuture'
  | 'douyinSeen'
  | 'douyinMissing'
  | 'douyinNoVideo'
  | 'authorNotAsked'
  | 'other';

/** Checks of which one is told as it comes, in order of weight. */
const SIMPLE = [
  ['DOUYIN_SEEN', 'douyinSeen'],
  ['AI_GENERATED', 'aiGenerated'],
  ['AI_EDITED', 'aiEdited'],
  ['AI_POSSIBLE', 'aiPossible'],
  ['CAPTURED_IN_FUTURE', 'capturedInFuture'],
  ['CAPTURED_EARLY', 'capturedEarly'],
  ['CAPTURED_LATE', 'capturedLate'],
  ['SOUND_LOST', 'soundLost'],
  ['SOUND_MENDED', 'soundMended'],
  ['DOUYIN_NO_VIDEO', 'douyinNoVideo'],
  ['DOUYIN_LINK_MISSING', 'douyinMissing'],
  ['AUTHOR_NOT_ASKED', 'authorNotAsked'],
] as const;

/**
 * The findings of a work in order of weight, each once: of several small photos the smallest is named, of several
 * duplicates all numbers. Failed and unfinished files come first, since such a work cannot pass.
 */
export function findingsOf(
  work: Pick<ScreeningItem, 'id' | 'checks' | 'lookAlikes'> & { media: Media[] },
): Finding[] {
  const findings: Finding[] = [];
  const checks = [...work.checks, ...work.media.flatMap((media) => media.checks)];
  const having = (code: string) => checks.filter((check) => check.code === code);

  const failed = work.media.filter(({ status }) => status === 'failed').length;
  if (failed > 0) findings.push({ key: 'processingFailed', params: { count: failed }, tone: 'seal' });
  const pending = work.media.filter(({ status }) => status === 'pending');
  const percent = pending.find(({ progress }) => progress !== null)?.progress;
  if (typeof percent === 'number') findings.push({ key: 'processingAt', params: { percent }, tone: 'quiet' });
  else if (pending.length > 0) {
    findings.push({ key: 'processing', params: { count: pending.length }, tone: 'quiet' });
  }

  findings.push(...duplicatesOf(work));

  for (const [code, key] of SIMPLE) {
    const [first] = having(code);
    if (first) findings.push({ key, params: withUnbrokenDay(first.params), tone: 'amber' });
  }

  if (having('TOO_SMALL').length > 0) {
    const edges = work.media
      .filter((media) => media.checks.some(({ code }) => code === 'TOO_SMALL'))
      .map((media) => Math.max(media.width ?? 0, media.height ?? 0))
      .filter((edge) => edge > 0);
    findings.push(
      edges.length > 0
        ? { key: 'tooSmall', params: { edge: Math.min(...edges) }, tone: 'amber' }
        : { key: 'tooSmallUnknown', params: {}, tone: 'amber' },
    );
  }
  if (having('WECHAT_COMPRESSED').length > 0) findings.push({ key: 'wechat', params: {}, tone: 'amber' });
  if (having('NO_EXIF').length > 0) findings.push({ key: 'noExif', params: {}, tone: 'amber' });

  const known = ['DUPLICATE', 'TOO_SMALL', 'WECHAT_COMPRESSED', 'NO_EXIF', ...SIMPLE.map(([code]) => code)];
  for (const code of new Set(checks.map((check) => check.code).filter((code) => !known.includes(code)))) {
    findings.push({ key: 'other', params: { code }, tone: 'amber' });
  }
  return findings;
}

/** `2019.05.31`: browsers break a line at a hyphen. */
function withUnbrokenDay({ taken, ...params }: Check['params']): Check['params'] {
  return typeof taken === 'string' ? { ...params, taken: taken.replaceAll('-', '.') } : params;
}

const CERTAINTIES = [
  ['same_file', 'sameFile'],
  ['same_picture', 'samePicture'],
  ['similar', 'similar'],
] as const;

/** One finding for each degree of certainty, with all numbers, a work at its surest only; then the work's own files. */
function duplicatesOf({ id, lookAlikes }: Pick<ScreeningItem, 'id' | 'lookAlikes'>): Finding[] {
  const named = new Set<string>();
  const findings = CERTAINTIES.flatMap(([certainty, key]): Finding[] => {
    const alike = lookAlikes.filter(({ other, ...pair }) => other.id !== id && pair.certainty === certainty);
    const numbers = new Set(alike.map(({ other }) => other.number).filter((number) => !named.has(number)));
    for (const number of numbers) named.add(number);
    return numbers.size > 0 ? [{ key, params: { numbers: [...numbers].join('、') }, tone: 'amber' }] : [];
  });
  const within = lookAlikes.filter(({ other }) => other.id === id);
  const places = new Set(within.flatMap(({ place, other }) => [place, other.place]));
  if (places.size > 0) {
    const list = [...places].sort((a, b) => a - b).join('、');
    findings.push({ key: 'alikeWithin', params: { places: list }, tone: 'amber' });
  }
  return findings;
}

/** Whether every file of the work is ready, so that it may pass. */
export function isReady(work: { media: Pick<Media, 'status'>[] }): boolean {
  return work.media.every(({ status }) => status === 'ready');
}
