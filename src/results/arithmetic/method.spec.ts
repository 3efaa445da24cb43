import { describe, expect, it } from '@jest/globals';
import { chooseMethod } from './method.js';
import { methodInWords } from './method-words.js';

const one = { highest: 1, lowest: 1 };
const all = (planned: number) => ({ planned, someOfPanel: false });

describe('the method that a design calls for', () => {
  it.each([
    [7, 'trimmed', 'five_or_more'],
    [5, 'trimmed', 'five_or_more'],
    [4, 'mean', 'three_or_four'],
    [3, 'mean', 'three_or_four'],
  ] as const)('%i judges of all works: %s', (planned, method, why) => {
    expect(chooseMethod('auto', all(planned))).toMatchObject({ method, why });
  });

  it('takes severity out where each work has some of the judges only, however many', () => {
    expect(chooseMethod('auto', { planned: 3, someOfPanel: true })).toMatchObject({
      method: 'additive',
      why: 'some_of_panel',
    });
    expect(chooseMethod('auto', { planned: 7, someOfPanel: true })).toMatchObject({ method: 'additive' });
  });

  it('is what the organiser asked for, where that is possible', () => {
    expect(chooseMethod('median', all(9))).toEqual({ method: 'median', trim: null, why: 'asked' });
    expect(chooseMethod('trimmed', all(3))).toEqual({ method: 'trimmed', trim: one, why: 'asked' });
    expect(chooseMethod('trimmed', all(7), { highest: 2, lowest: 2 })).toMatchObject({
      trim: { highest: 2, lowest: 2 },
    });
    expect(chooseMethod('trimmed', all(4), { highest: 2, lowest: 2 })).toEqual({
      refusal: { code: 'RESULT.TOO_FEW_JUDGES', planned: 4, needed: 5 },
    });
  });

  it.each(['auto', 'mean', 'trimmed', 'borda'] as const)('refuses two judges, asked for %s', (setting) => {
    expect(chooseMethod(setting, all(2))).toEqual({
      refusal: { code: 'RESULT.TOO_FEW_JUDGES', planned: 2, needed: 3 },
    });
  });

  it('takes what there is where no prize is given by it', () => {
    expect(chooseMethod('trimmed', all(2), null, 1)).toMatchObject({ method: 'mean' });
    expect(chooseMethod('auto', all(1), null, 1)).toMatchObject({ method: 'mean' });
  });
});

describe('the method in words', () => {
  const say = (more: Partial<Parameters<typeof methodInWords>[0]>) =>
    methodInWords({
      method: 'trimmed',
      trim: { highest: 2, lowest: 1 },
      why: 'asked',
      planned: 7,
      model: 'none',
      rounding: { sheet: null, score: null },
      ...more,
    });

  it('says what is dropped, of how many', () => {
    expect(say({}).how).toEqual({
      zh: '每件作品由 7 位评委评分，去掉 2 个最高分和 1 个最低分，其余取平均。',
      en: '7 judges mark each work; the 2 highest and the 1 lowest totals are dropped, the rest averaged.',
    });
  });

  it('says that totals were adjusted, unless the method is that', () => {
    expect(say({ model: 'mixed' }).how.zh).toContain('宽严');
    expect(say({ method: 'median', model: 'none' }).how.zh).not.toContain('宽严');
    expect(say({ method: 'additive', model: 'additive' }).how.zh.match(/宽|严/g)).toHaveLength(2);
  });

  it('says how it rounds, at which step', () => {
    const { how } = say({
      rounding: { sheet: { places: 1, mode: 'half-even' }, score: { places: 2, mode: 'half-away' } },
    });
    expect(how.zh).toContain('每位评委的总分四舍六入五成双到 1 位小数，最后得分四舍五入到 2 位小数。');
    expect(how.en).toContain('Each judge’s total is rounded half to even to 1 decimals, the score');
  });
});
