import { describe, expect, it } from '@jest/globals';
import { hanCount } from './notice-paper.js';

describe('a count in Chinese', () => {
  it.each([
    [0, '零'],
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [99, '九十九'],
    [101, '一百零一'],
    [110, '一百一十'],
    [111, '一百一十一'],
    [1001, '一千零一'],
    [1010, '一千零一十'],
    [9999, '九千九百九十九'],
    [10000, '10000'],
  ])('%d is %s', (value, said) => {
    expect(hanCount(value)).toBe(said);
  });
});
