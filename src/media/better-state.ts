import type { Fingerprint } from './fingerprint/fingerprint.js';
import { likeness, similarFrom } from './fingerprint/likeness.js';

export const betterStates = ['pending', 'failed', 'equal', 'smaller', 'different', 'better'] as const;
export type BetterState = (typeof betterStates)[number];

/** What is compared of two photos. */
export interface Compared {
  sha256: string;
  status: 'pending' | 'ready' | 'failed';
  bytes: number;
  width: number | null;
  height: number | null;
  fingerprint: Fingerprint | null;
}

/**
 * What a file is to the judged one that it was handed in for: the same file, one with less in it, one that shows
 * something else, or a better one of the same picture.
 */
export function betterState(judged: Compared, given: Compared): BetterState {
  if (given.status !== 'ready') return given.status;
  if (given.sha256 === judged.sha256) return 'equal';
  const more = pixels(given) - pixels(judged);
  // As many pixels in fewer bytes were compressed harder.
  if (more < 0 || (more === 0 && given.bytes <= judged.bytes)) return 'smaller';
  const alike = likeness(judged.fingerprint ?? [], given.fingerprint ?? []);
  return alike !== null && alike >= similarFrom ? 'better' : 'different';
}

function pixels({ width, height }: Compared): number {
  return (width ?? 0) * (height ?? 0);
}
