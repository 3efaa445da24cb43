import type { Translate } from '../../shared/i18n';

/** Files by what they are and a running number: a receipt knows no names. */
export function fileLabels(
  files: readonly { kind: 'image' | 'video' }[],
  t: Translate<'photo' | 'video'>,
): string[] {
  return files.map(({ kind }, index) => t(kind === 'video' ? 'video' : 'photo', { n: index + 1 }));
}
