import { describe, expect, it } from '@jest/globals';
import { Fraction } from '../arithmetic/fraction.js';
import { rankOffline } from './rank-offline.js';
import { rulesSchema } from './rules.js';
import type { Cell } from './table.js';

/** `entry judge criterion score`, line by line. */
const marks = (text: string): Cell[] =>
  text
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .map(([entry, judge, criterion, score]) => ({
      ...{ entry, judge, criterion },
      value: Fraction.fromDecimalString(score),
    }));
/** Rows of one criterion: an entry, then one mark a judge. */
const panel = (text: string): Cell[] =>
  text
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .flatMap(([entry, ...scores]) =>
      scores.flatMap((score, index) =>
        score === '-'
          ? []
          : [{ entry, judge: `J${index + 1}`, criterion: 'c', value: Fraction.fromDecimalString(score) }],
      ),
    );
const rank = (rules: object, of: Cell[]) => rankOffline(rulesSchema.parse(rules), of);
const short = (rows: ReturnType<typeof rank>) =>
  rows.map(({ entry, rank: at, score }) => `${at} ${entry} ${score}`);
const overCriteria = { do: 'criteria', method: 'sum' };

describe('methods over judges', () => {
  const three = panel('a 9 8 1\nb 7 7 7\nc 5 - 9');

  it('mean, sum and median, without marks that nobody gave', () => {
    const by = (method: string) => short(rank({ steps: [{ do: 'judges', method }, overCriteria] }, three));
    expect(by('mean')).toEqual(['1 b 7', '1 c 7', '3 a 6']);
    expect(by('sum')).toEqual(['1 b 21', '2 a 18', '3 c 14']);
    expect(by('median')).toEqual(['1 a 8', '2 b 7', '2 c 7']);
  });

  it('drops the highest and lowest, as diving did in 2000: the middle five of seven, times the difficulty', () => {
    const rules = {
      factors: [{ entry: 'a', factor: '3.2' }],
      steps: [
        { do: 'judges', method: 'sum', drop: { highest: 1, lowest: 1 } },
        { do: 'times', by: 'entry' },
        { do: 'times', by: '0.6' },
        overCriteria,
      ],
    };
    // 8 8 8.5 8.5 9 = 42; 42 × 3.2 × 0.6.
    expect(short(rank(rules, panel('a 8 8 8.5 8.5 9 9.5 7')))).toEqual(['1 a 80.64']);
  });

  it('rounds where the rules say so, and nowhere else', () => {
    const of = marks(`a j1 x 8.75
      a j2 x 8.5
      a j3 x 9
      a j1 y 7.25
      a j2 y 7
      a j3 y 7.75`);
    const steps = (round?: object) => [
      { do: 'judges', method: 'mean', ...(round ? { round } : {}) },
      { do: 'times', by: 'criterion', ...(round ? { round } : {}) },
      overCriteria,
    ];
    const criteria = [
      { id: 'x', factor: '0.8' },
      { id: 'y', factor: 2 },
    ];
    const [exact] = rank({ criteria, precision: 6, steps: steps() }, of);
    expect([exact.score, exact.components]).toEqual(['21.666667', { x: '7', y: '14.666667' }]);
    const [rounded] = rank({ criteria, steps: steps({ places: 2 }) }, of);
    expect([rounded.score, rounded.components]).toEqual(['21.66', { x: '7', y: '14.66' }]);
  });
});

describe('weights and groups', () => {
  it('weighs criteria within each judge, and leaves out a sheet that lacks a mark', () => {
    const of = marks(`a j1 x 100
      a j1 y 50
      a j2 x 0
      b j1 x 60
      b j1 y 60
      b j2 x 70
      b j2 y 80`);
    const rules = {
      criteria: [
        { id: 'x', weight: '0.4' },
        { id: 'y', weight: '0.6' },
      ],
      steps: [
        { do: 'criteria', method: 'weighted-mean' },
        { do: 'judges', method: 'mean' },
      ],
    };
    expect(short(rank(rules, of))).toEqual(['1 a 70', '2 b 68']);
  });

  it('adds rounds up, each with its own criteria', () => {
    const of = marks(`a j r1x 1
      a j r1y 2
      a j r2x 10
      b j r1x 3
      b j r1y 3
      b j r2x 6`);
    const rules = {
      criteria: [
        { id: 'r1x', group: 'r1' },
        { id: 'r1y', group: 'r1' },
        { id: 'r2x', group: 'r2', factor: 2 },
      ],
      steps: [
        { do: 'judges', method: 'mean' },
        { do: 'times', by: 'criterion' },
        { do: 'criteria', method: 'sum', by: 'group' },
        overCriteria,
      ],
    };
    const rows = rank(rules, of);
    expect(short(rows)).toEqual(['1 a 23', '2 b 18']);
    expect(rows[0].components).toEqual({ r1: '3', r2: '20' });
  });
});

describe('ranks', () => {
  const of = panel('a 9 5 7\nb 8 9 7\nc 7 8 1');

  it('add up with mid-ranks, the least sum first, or as points of Borda', () => {
    const steps = (points: unknown) => [
      { do: 'ranks', points },
      { do: 'judges', method: 'sum' },
      overCriteria,
    ];
    // a: 1 + 3 + 1.5, b: 2 + 1 + 1.5, c: 3 + 2 + 3.
    expect(short(rank({ steps: steps('rank'), best: 'lowest' }, of))).toEqual([
      '1 b 4.5',
      '2 a 5.5',
      '3 c 8',
    ]);
    expect(short(rank({ steps: steps('borda') }, of))).toEqual(['1 b 4.5', '2 a 3.5', '3 c 1']);
    expect(short(rank({ steps: steps({ table: [12, 10] }) }, of))).toEqual(['1 b 33', '2 a 23', '3 c 10']);
  });

  it('weigh by e to the −0.19 of the rank, to forty places', () => {
    const rules = {
      precision: 15,
      steps: [{ do: 'ranks', points: { exponent: '-0.19' } }, { do: 'judges', method: 'sum' }, overCriteria],
    };
    const rows = rank(rules, panel('a 3\nb 2\nc 1'));
    expect(rows.map(({ score }) => Number(score))).toEqual(
      [1, 2, 3].map((place) => expect.closeTo(Math.exp(-0.19 * place), 14)),
    );
  });
});

describe('judges’ strictness', () => {
  it('is taken out by least squares: Montgomery’s catalysts', () => {
    // Montgomery, Design and Analysis of Experiments: a balanced incomplete block design.
    const of = panel('C1 73 74 - 71\nC2 - 75 67 72\nC3 73 75 68 -\nC4 75 - 72 75');
    const raw = rank({ steps: [{ do: 'judges', method: 'mean' }, overCriteria] }, of);
    expect(raw.map(({ entry }) => entry)).toEqual(['C4', 'C1', 'C3', 'C2']);
    const rules = {
      steps: [{ do: 'adjust', model: 'additive' }, { do: 'judges', method: 'mean' }, overCriteria],
    };
    expect(rank(rules, of).map(({ entry }) => entry)).toEqual(['C4', 'C3', 'C2', 'C1']);
  });

  it('is taken out by mean and deviation, and nothing is where somebody gave all the same', () => {
    const rules = {
      precision: 10,
      steps: [{ do: 'adjust', model: 'z-score' }, { do: 'judges', method: 'mean' }, overCriteria],
    };
    // j1: 1 and −1 by √2/2 each; j2 gave all the same.
    const rows = rank(rules, panel('a 8 5\nb 6 5'));
    expect(rows.map(({ score }) => score)).toEqual(['0.3535533906', '-0.3535533906']);
  });
});

describe('ties', () => {
  const judges = { do: 'judges', method: 'mean' };

  it('are broken in the order that the rules give, and it is said by what', () => {
    const of = marks(`a j1 x 6
      a j1 y 8
      b j1 x 8
      b j1 y 6
      c j1 x 7
      c j1 y 7
      d j1 x 1
      d j1 y 1`);
    const rules = { steps: [judges, overCriteria], ties: [{ by: 'criterion', criterion: 'x' }] };
    const rows = rank(rules, of);
    expect(rows.map(({ entry, rank: at, tieBrokenBy }) => [at, entry, tieBrokenBy])).toEqual([
      [1, 'b', 'criterion x'],
      [2, 'c', 'criterion x'],
      [3, 'a', 'criterion x'],
      [4, 'd', null],
    ]);
  });

  it('stay where nothing breaks them: the next rank is as many further on', () => {
    const rows = rank({ steps: [judges, overCriteria] }, panel('a 5\nb 5\nc 4'));
    expect(rows.map(({ rank: at, tieBrokenBy }) => [at, tieBrokenBy])).toEqual([
      [1, null],
      [1, null],
      [3, null],
    ]);
  });

  it('may go by untrimmed mean, median, the marks one by one, or most first places', () => {
    const trimmed = { do: 'judges', method: 'mean', drop: { highest: 1, lowest: 1 } };
    const by = (tie: string, of: string) =>
      rank({ steps: [trimmed, overCriteria], ties: [{ by: tie }] }, panel(of)).map(({ entry }) => entry);
    expect(by('mean', 'a 5 5 5 5\nb 4 5 5 9')).toEqual(['b', 'a']);
    expect(by('marks', 'a 5 5 5 8\nb 4 5 5 9')).toEqual(['b', 'a']);
    expect(by('firsts', 'b 8 6 6 0\na 9 9 3 1')).toEqual(['a', 'b']);
  });
});

describe('rules that can’t be', () => {
  it('are refused where steps leave several values, or say something unknown', () => {
    expect(() => rank({ steps: [{ do: 'judges', method: 'mean' }] }, marks('a j x 1\na j y 2'))).toThrow(
      RangeError,
    );
    for (const wrong of [
      { steps: [] },
      { steps: [{ do: 'judge', method: 'mean' }] },
      { steps: [{ do: 'judges', method: 'mean' }], tie: [] },
    ]) {
      expect(rulesSchema.safeParse(wrong).success).toBe(false);
    }
  });
});
