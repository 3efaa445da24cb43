import { describe, expect, it } from '@jest/globals';
import { drawCodes, judgeOrder } from './draw.js';

const entries = Array.from({ length: 200 }, (_, index) => `entry-${index}`);

describe('a judge’s order', () => {
  it('holds every entry once and is the same for the same seed', () => {
    const order = judgeOrder('seed', 'judge', entries);
    expect([...order].sort()).toEqual([...entries].sort());
    expect(judgeOrder('seed', 'judge', [...entries].reverse())).toEqual(order);
  });

  it('differs by judge and by seed', () => {
    const order = judgeOrder('seed', 'judge', entries);
    expect(judgeOrder('seed', 'other', entries)).not.toEqual(order);
    expect(judgeOrder('other', 'judge', entries)).not.toEqual(order);
  });
});

describe('the codes of a round', () => {
  it.each([0, 1, 60, 2000, 10_000])('%i of them are distinct numbers of one length', (count) => {
    const codes = drawCodes(count);
    expect(new Set(codes).size).toBe(count);
    expect(new Set(codes.map((code) => code.length)).size).toBeLessThanOrEqual(1);
    for (const code of codes) expect(code).toMatch(/^[1-9]\d{3,}$/);
  });
});
