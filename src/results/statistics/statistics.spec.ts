import { describe, expect, it } from '@jest/globals';
import { correlation, kendallW, pairwiseW } from './concordance.js';
import { type Confidence, DRAWS, tierConfidence } from './confidence.js';
import { fQuantile } from './distributions.js';
import { type Fit, fitTable, type Row } from './fit.js';
import { affiliation, flagsOf, judgeFacts, studentT } from './judges.js';
import { icc, interval2k, judgesFor, meanSquares, reliabilityOf, variances } from './reliability.js';

function run<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const rowsOf = (table: readonly (readonly (number | null)[])[]): Row[] =>
  table.map((row) => {
    const cells = row.flatMap((value, judge) => (value === null ? [] : [{ judge, value }]));
    return { judges: cells.map(({ judge }) => judge), values: cells.map(({ value }) => value) };
  });
const fitOf = (rows: Row[]): Fit => run(fitTable(rows))!;

/** Shrout and Fleiss (1979), table 2. */
const shroutFleiss = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];
/** `anxiety` of R’s package irr: three raters, twenty persons. */
const anxiety = [
  [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
  [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
  [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
];
/** Montgomery, *Design and Analysis of Experiments*: four catalysts (rows) in four batches, three each. */
const catalysts = [
  [73, 74, null, 71],
  [null, 75, 67, 72],
  [73, 75, 68, null],
  [75, null, 72, 75],
];

describe('intraclass correlations', () => {
  const squares = meanSquares(shroutFleiss);

  it('reproduce the mean squares and coefficients of Shrout and Fleiss', () => {
    expect([squares.bms, squares.wms, squares.jms, squares.ems].map((value) => value.toFixed(4))).toEqual([
      '11.2417',
      '6.2639',
      '32.4861',
      '1.0194',
    ]);
    const { icc21, icc2k, icc3k } = icc(squares);
    expect([icc21, icc2k, icc3k].map((value) => value.toFixed(2))).toEqual(['0.29', '0.62', '0.91']);
  });

  it('give the published 95 % interval of ICC(2,4)', () => {
    const { low, high } = interval2k(squares)!;
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.071', '0.927']);
  });

  it('rest on quantiles of F as tables print them', () => {
    expect(
      [fQuantile(0.95, 1, 10), fQuantile(0.975, 5, 15), fQuantile(0.95, 10, 4)].map((f) => f.toFixed(2)),
    ).toEqual(['4.96', '3.58', '5.96']);
  });

  it('are those of the variance components: in a complete table ICC(3,k)', () => {
    const rows = rowsOf(shroutFleiss);
    const spread = variances(rows, fitOf(rows));
    expect(spread.works).toBeCloseTo((squares.bms - squares.ems) / 4, 10);
    expect(spread.chance).toBeCloseTo(squares.ems, 10);
    expect(reliabilityOf(spread)).toBeCloseTo(icc(squares).icc3k, 10);
  });

  it('tell how many judges a reliability needs', () => {
    expect(judgesFor(0.8, { works: 1, chance: 1, sheets: 3 })).toBe(4);
    expect(judgesFor(0.8, { works: 1, chance: 0, sheets: 3 })).toBe(1);
    expect(judgesFor(0.8, { works: 0, chance: 1, sheets: 3 })).toBeNull();
  });
});

describe('Kendall’s W', () => {
  it('is 1/16 for four judges and three competitors', () => {
    const orders = [
      [1, 2, 3],
      [1, 3, 2],
      [3, 1, 2],
      [2, 3, 1],
    ];
    expect(run(kendallW(orders))).toEqual({ w: 1 / 16, chiSquare: 0.5, freedom: 2 });
  });

  it('corrects for ties as irr does on its anxiety ratings', () => {
    const { w, chiSquare, freedom } = run(kendallW(anxiety));
    expect([w.toFixed(6), chiSquare!.toFixed(4), freedom]).toEqual(['0.539657', '30.7604', 19]);
  });

  it('comes from pairs where each work has only some judges; the same where nothing is tied or missing', () => {
    const orders = [
      [1, 2, 3, 4],
      [2, 1, 3, 4],
      [1, 3, 2, 4],
    ];
    const rows = rowsOf(orders[0].map((_, work) => orders.map((own) => own[work])));
    expect(run(pairwiseW(rows, [0, 1, 2]))!.w).toBeCloseTo(run(kendallW(orders)).w, 10);
    expect(run(pairwiseW(rowsOf(catalysts), [0, 1, 2, 3]))).toBeNull();
  });
});

describe('the additive fit', () => {
  it('finds the effects of Montgomery’s catalysts', () => {
    const byBatch = rowsOf([0, 1, 2, 3].map((catalyst) => catalysts.map((batch) => batch[catalyst])));
    expect(fitOf(rowsOf(catalysts)).works.map((effect) => effect * 8)).toEqual(
      [-9, -7, -4, 20].map((x) => expect.closeTo(x, 9)),
    );
    expect(fitOf(byBatch).judges.map((effect) => effect * 8)).toEqual(
      [-9, -7, -4, 20].map((x) => expect.closeTo(x, 9)),
    );
  });

  it('has as much leverage as parameters, and C⁺ with rows that add up to zero', () => {
    const fit = fitOf(rowsOf(catalysts));
    expect(fit.leverages.flat().reduce((sum, h) => sum + h, 0)).toBeCloseTo(4 + 4 - 1, 10);
    for (const row of fit.inverse) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(fit.freedom).toBe(5);
  });

  it('refuses works that share no judge', () => {
    expect(
      run(
        fitTable(
          rowsOf([
            [1, 2, null, null],
            [null, null, 3, 4],
          ]),
        ),
      ),
    ).toBeNull();
  });
});

describe('what marks say of judges', () => {
  /** Twelve works; the third judge is ten points harsher, the fourth gives everything the same. */
  const table = Array.from({ length: 12 }, (_, i) => [
    60 + 2 * i + (i % 3),
    61 + 2 * i - (i % 2),
    50 + 2 * i,
    70,
  ]);

  it('severity with its standard error, agreement and slope', () => {
    const rows = rowsOf(table);
    const fit = fitOf(rows);
    const facts = judgeFacts(rows, fit);
    expect(facts.reduce((sum, { severity }) => sum + severity, 0)).toBeCloseTo(0, 9);
    expect(facts[2].severity - facts[0].severity).toBeCloseTo(-11, 9);
    // Of a complete table: σ̂√((k − 1) / (nk)).
    expect(facts[0].error).toBeCloseTo(Math.sqrt((fit.variance * 3) / (12 * 4)), 9);
    expect(facts[3]).toMatchObject({ agreement: null, slope: expect.closeTo(0, 9) });
    expect(facts[2].agreement).toBeGreaterThan(0.95);
    expect(facts[3].scatter).toBeGreaterThan(facts[2].scatter!);
  });

  it('flags the one mark that is out of line', () => {
    const odd = Array.from({ length: 30 }, (_, i) => [50 + i + (i % 2), 50 + i, 50 + i - (i % 3), 51 + i]);
    odd[7][1] += 25;
    const rows = rowsOf(odd);
    const flags = flagsOf(rows, fitOf(rows));
    expect(flags.map(({ work, judge }) => [work, judge])).toContainEqual([7, 1]);
    expect(flags[0]).toMatchObject({ work: 7, judge: 1, value: 82 });
    expect(flags[0].deviation).toBeGreaterThan(3);
  });

  it('finds who favours their own unit, severity taken out', () => {
    // Judge 0 is harsh by five, and gives works of the own unit (0 and 1) four points more.
    const rows = rowsOf(
      Array.from({ length: 10 }, (_, i) => [45 + i + (i < 2 ? 4 : 0), 50 + i + (i % 2) * 0.5, 50 + i]),
    );
    const check = affiliation(rows, fitOf(rows), (work, judge) => judge === 0 && work < 2);
    expect(check.same).toMatchObject({ sheets: 2 });
    expect(check.same.difference - check.other.difference).toBeGreaterThan(3);
    expect(check.t).toBeGreaterThan(4);
    expect(affiliation(rows, fitOf(rows), () => false).t).toBeNull();
  });

  it('compares two means by Student’s t', () => {
    expect(studentT([1, 2, 3], [2, 3, 4])).toBeCloseTo(-1.2247, 4);
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  });
});

describe('how sure a tier is', () => {
  const tiers = [
    { id: 'first', quota: 1, amountYuan: 0, floor: null, personLimit: null },
    { id: 'second', quota: 2, amountYuan: 0, floor: null, personLimit: null },
  ];
  const rules = { quotaTies: 'resolve' as const, personLimit: { category: 1, contest: null } };
  const works = [90, 80, 79.9, 79.8, 40].map((level, index) => ({
    id: `w${index}`,
    person: `p${index}`,
    excluded: null,
    level,
    sheets: 5,
  }));
  const input = {
    ...{ works, tiers, rules, mu: 74, seed: 's', toScore: 1 },
    variances: { works: 300, chance: 5, sheets: 5 },
  };
  const byId = (of: Confidence[] | null) => new Map(of!.map((one) => [one.id, one]));

  it('is high where the marks are clear, low between works that are nearly equal', () => {
    const sure = byId(run(tierConfidence(input)));
    expect(sure.get('w0')!.tiers.get('first')).toBeGreaterThan(0.99);
    const shares = ['w1', 'w2', 'w3'].map((id) => sure.get(id)!.tiers.get('second') ?? 0);
    for (const share of shares) expect(share).toBeGreaterThan(0.5);
    expect(Math.min(...shares)).toBeLessThan(0.75);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(2, 1);
    // Forty points below nobody draws it.
    expect(sure.has('w4')).toBe(false);
  });

  it('is drawn the same from the same seed, and adds up', () => {
    const once = run(tierConfidence(input))!;
    expect(run(tierConfidence(input))).toEqual(once);
    expect(run(tierConfidence({ ...input, seed: 't' }))).not.toEqual(once);
    for (const { tiers: shares, none } of once) {
      expect([...shares.values()].reduce((sum, share) => sum + share, none)).toBeCloseTo(1, 9);
    }
    const first = once.reduce((sum, { tiers: shares }) => sum + (shares.get('first') ?? 0), 0);
    expect(Math.round(first * DRAWS)).toBe(DRAWS);
  });

  it('knows limits, floors and overrides', () => {
    const same = works.map((work) => ({ ...work, person: work.id === 'w1' ? 'p0' : work.person }));
    expect(byId(run(tierConfidence({ ...input, works: same }))).get('w1')!.none).toBeGreaterThan(0.99);
    const high = tiers.map((tier) => ({ ...tier, floor: 85 }));
    expect(byId(run(tierConfidence({ ...input, tiers: high }))).get('w2')!.none).toBeGreaterThan(0.99);
    const placed = [{ do: 'place' as const, submission: 'w4', tier: 'first' }];
    expect(
      byId(run(tierConfidence({ ...input, overrides: placed })))
        .get('w4')!
        .tiers.get('first'),
    ).toBe(1);
  });

  it('says nothing where works differ no more than chance', () => {
    expect(run(tierConfidence({ ...input, variances: { works: 0, chance: 5, sheets: 5 } }))).toBeNull();
  });
});
