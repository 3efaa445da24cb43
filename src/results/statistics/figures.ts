import type { Say } from './words.js';

/** How numbers of statistics are set, and which stand beside which sentence: the same on the page and on paper. */

export interface Agreement {
  reliability: {
    complete: boolean;
    icc21: number | null;
    icc2k: number | null;
    interval: { low: number; high: number } | null;
    icc3k: number | null;
    reliability: number | null;
    judgesForGood: number | null;
    deviation: { works: number; chance: number };
  };
  concordance: { w: number; chiSquare: number | null; freedom: number | null } | null;
}

export interface Figure {
  name: string;
  value: string;
  means: string;
}

/** How far judges agree: each figure that there is, with what it means. */
export function agreementFigures({ reliability: of, concordance }: Agreement, say: Say): Figure[] {
  const { low = 0, high = 0 } = of.interval ?? {};
  const { chiSquare = null, freedom = null } = concordance ?? {};
  const chi =
    chiSquare !== null && freedom !== null ? ` ${say('chi', { freedom, chi: chiSquare.toFixed(1) })}` : '';
  const interval = { low: low.toFixed(2), high: high.toFixed(2) };
  const figures: [string, number | null, string][] = [
    [say('icc2k'), of.icc2k, say('icc2kText', interval)],
    [say('icc3k'), of.icc3k, say('icc3kText')],
    [say('icc21'), of.icc21, say('icc21Text')],
    [say('reliability'), of.complete ? null : of.reliability, say('reliabilityText')],
    [say('kendall'), concordance?.w ?? null, say('kendallText') + chi],
    [say('chance'), of.deviation.chance, say('chanceText', { works: of.deviation.works.toFixed(2) })],
  ];
  const need = of.judgesForGood === null ? say('needNone') : String(of.judgesForGood);
  return [
    ...figures.flatMap(([name, value, means]) =>
      value === null ? [] : [{ name, value: fixed(value), means }],
    ),
    { name: say('need'), value: need, means: say('needText') },
  ];
}

export interface Affiliation {
  same: { sheets: number; difference: number };
  other: { sheets: number; difference: number };
  t: number | null;
}

export function affiliationSaid({ same, other, t }: Affiliation, say: Say): string {
  if (same.sheets === 0) return say('affiliationNone');
  return say('affiliationText', {
    same: fixed(same.difference),
    sheets: same.sheets,
    other: fixed(other.difference),
    t: fixed(t),
  });
}

export function fixed(value: number | null, places = 2): string {
  return value === null ? '—' : value.toFixed(places).replace('-', '−');
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
