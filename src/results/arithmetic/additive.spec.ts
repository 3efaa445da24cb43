import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AdditiveFit, type Cell, connectedGroups, fitAdditive, fitConnected } from './additive.js';
import { Fraction } from './fraction.js';

/** Rows of marks by judge; null where there is none. */
const table = (rows: (number | null)[][]): Cell[][] =>
  rows.map((row) => row.flatMap((mark, judge) => (mark === null ? [] : [{ judge, value: BigInt(mark) }])));

/** With no penalty, unless one is given. */
const fit = (rows: (number | null)[][], lambda: Fraction | null = Fraction.zero) =>
  fitConnected(table(rows), lambda);

const asText = (values: Fraction[]) => values.map((value) => value.toString());

describe('fitAdditive', () => {
  it('reproduces Montgomery’s catalyst experiment, a balanced incomplete block design', () => {
    const { works, judges } = fit([
      [73, 74, null, 71],
      [null, 75, 67, 72],
      [73, 75, 68, null],
      [75, null, 72, 75],
    ]);
    expect(asText(works)).toEqual(['-9/8', '-7/8', '-1/2', '5/2']);
    expect(judges.reduce((sum, effect) => sum.add(effect)).numerator).toBe(0n);
  });

  it('equals the row and column means when nobody is missing', () => {
    const { mu, works, judges } = fit([
      [80, 70, 90],
      [60, 50, 70],
    ]);
    expect(mu.toString()).toBe('70/1');
    expect(asText(works)).toEqual(['10/1', '-10/1']);
    expect(asText(judges)).toEqual(['0/1', '-10/1', '10/1']);
  });

  it('finds the effects behind marks that follow the model, whatever is missing', () => {
    const effects = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 6 });
    const worth = fc.array(fc.integer({ min: 30, max: 70 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(effects, worth, fc.nat(), (harshness, works, gap) => {
        const rows = works.map((work, i) =>
          harshness.map((effect, j) =>
            i > 0 && (i * 7 + j + gap) % harshness.length === 0 ? null : work + effect,
          ),
        );
        const { mu, works: alpha, judges } = fit(rows);
        const [a, b] = [alpha[0].sub(alpha[1]), judges[0].sub(judges[1])];
        expect(a.compare(Fraction.of(BigInt(works[0] - works[1])))).toBe(0);
        expect(b.compare(Fraction.of(BigInt(harshness[0] - harshness[1])))).toBe(0);
        const fitted = mu.add(alpha[0]).add(judges[0]);
        expect(fitted.compare(Fraction.of(BigInt(works[0] + harshness[0])))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves residuals that no better fit could have, with a penalty or without', () => {
    const row = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 });
    const penalties = fc.constantFrom(Fraction.zero, Fraction.of(1n, 3n), Fraction.of(7n));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 3, maxLength: 8 }),
        fc.nat(),
        penalties,
        (marks, gap, lambda) => {
          const cells = table(
            marks.map((all, i) => all.map((mark, j) => (i > 0 && (i + j + gap) % 5 === 0 ? null : mark))),
          );
          const { mu, works, judges } = fitConnected(cells, lambda);
          const left = cells.map((all, i) =>
            all.map(({ judge, value }) => ({
              judge,
              residual: Fraction.of(value).sub(mu).sub(works[i]).sub(judges[judge]),
            })),
          );
          const total = (all: { residual: Fraction }[]) =>
            all.reduce((sum, { residual }) => sum.add(residual), Fraction.zero);
          for (const all of left) expect(total(all).numerator).toBe(0n);
          judges.forEach((effect, j) => {
            const ofJudge = total(left.flat().filter(({ judge }) => judge === j));
            expect(ofJudge.compare(lambda.mul(effect))).toBe(0);
          });
          expect(total(works.map((residual) => ({ residual }))).numerator).toBe(0n);
          expect(total(judges.map((residual) => ({ residual }))).numerator).toBe(0n);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ignores judges who marked nothing', () => {
    const { judges } = fit([
      [80, null, 90, null],
      [60, null, 70, null],
    ]);
    expect(asText(judges)).toEqual(['-5/1', '0/1', '5/1']);
  });
});

describe('the mixed model', () => {
  const rows = [
    [70, 72, 50, 71],
    [80, 83, 60, null],
    [90, 88, 71, 90],
  ];

  it('is chosen when a judge has fewer than ten works, and shrinks his effect', () => {
    const mixed = fitAdditive(table(rows)) as AdditiveFit;
    const plain = fit(rows);
    expect(mixed.model).toBe('mixed');
    expect(plain.model).toBe('additive');
    expect(mixed.lambda!.compare(Fraction.zero)).toBe(1);
    mixed.judges.forEach((effect, judge) => {
      const size = (value: Fraction) => Math.abs(Number(value.toDecimalString(6)));
      expect(size(effect)).toBeLessThan(size(plain.judges[judge]));
    });
  });

  it('is not chosen when every judge has ten', () => {
    const many = Array.from({ length: 11 }, (_, i) => [60 + i, 70 + i * 2, i === 0 ? null : 50 + i]);
    expect((fitAdditive(table(many)) as AdditiveFit).model).toBe('additive');
  });

  it('agrees with a penalty solved by hand', () => {
    // Two judges, two works, all marked: C = [[1, −1], [−1, 1]], q = [−5, 5], so β = ±5/(2 + λ).
    const { judges } = fit(
      [
        [60, 70],
        [80, 90],
      ],
      Fraction.of(1n, 2n),
    );
    expect(asText(judges)).toEqual(['-4/1', '4/1']);
  });

  it('leaves marks alone where no judge effect shows', () => {
    const { lambda, judges } = fitAdditive(
      table([
        [70, 80, null],
        [80, 70, 75],
        [75, 75, 75],
      ]),
    ) as AdditiveFit;
    expect(lambda).toBeNull();
    expect(asText(judges)).toEqual(['0/1', '0/1', '0/1']);
  });

  it('still answers for a single work', () => {
    const { works, lambda } = fitAdditive(table([[70, 80, 90]])) as AdditiveFit;
    expect(asText(works)).toEqual(['0/1']);
    expect(lambda!.toString()).toBe('1/1');
  });
});

describe('connection', () => {
  const apart = table([
    [1, 2, null, null],
    [null, null, 3, 4],
    [5, 6, null, null],
  ]);

  it('refuses works that share no judge, and says which', () => {
    expect(fitAdditive(apart)).toEqual({ code: 'RESULT.DISCONNECTED', groups: [[0, 2], [1]] });
  });

  it('one bridging judge is enough', () => {
    expect(connectedGroups([...apart, ...table([[null, 7, 8, null]])])).toHaveLength(1);
  });
});
