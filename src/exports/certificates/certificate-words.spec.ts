import { describe, expect, it } from '@jest/globals';
import { hanDate, sealRows } from './certificate-words.js';

describe('a date in Chinese numerals', () => {
  it.each([
    ['2026-11-23T04:00:00Z', '二〇二六年十一月二十三日'],
    ['2019-10-10T04:00:00Z', '二〇一九年十月十日'],
    ['2030-12-31T16:00:00Z', '二〇三一年一月一日'],
    ['2024-02-29T04:00:00Z', '二〇二四年二月二十九日'],
  ])('%s is %s in Shanghai', (instant, said) => {
    expect(hanDate(new Date(instant), 'Asia/Shanghai')).toBe(said);
  });
});

describe('the rows of a seal', () => {
  it.each([
    ['定格·幸福社区', ['定格', '幸福社区']],
    ['光影中国', ['光影', '中国']],
    ['第十二届“光影中国”全国摄影大赛', ['定格']],
    ['Spring 2026', ['定格']],
  ])('of %s are %j', (title, rows) => {
    expect(sealRows(title)).toEqual(rows);
  });
});
