import type { UnitEffect } from './api';

/** What moves in all rounds together; null where nothing does. */
export function movedIn({ rounds }: UnitEffect): { released: number; added: number } | null {
  if (rounds.length === 0) return null;
  const sum = (of: 'released' | 'added') => rounds.reduce((total, { effect }) => total + effect[of], 0);
  return { released: sum('released'), added: sum('added') };
}
