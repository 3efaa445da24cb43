import { describe, expect, it } from '@jest/globals';
import { type CategoryRules, changeOf, draftOf, wrongFields } from './rules-draft';

const tier = { id: 't1', name: '特等奖', quota: 1, amountYuan: 1000, floor: null, personLimit: 1 };
const rules: CategoryRules = {
  key: 'photo',
  name: '摄影',
  frozenAt: null,
  personLimit: null,
  quotaTies: 'expand',
  promotion: 'leave_vacant',
  tiers: [tier, { ...tier, id: 't2', name: '优秀奖', floor: 31.5, personLimit: null }],
};

describe('a draft of rules', () => {
  it('goes back as it came, empty for no limit', () => {
    const draft = draftOf(rules);
    expect([draft.personLimit, draft.tiers[0]?.floor, draft.tiers[1]?.floor]).toEqual(['', '', 31.5]);
    expect(changeOf('photo', draft)).toEqual({
      categories: [
        {
          ...{ key: 'photo', personLimit: null, quotaTies: 'expand', promotion: 'leave_vacant' },
          tiers: [
            { id: 't1', floor: null, personLimit: 1 },
            { id: 't2', floor: 31.5, personLimit: null },
          ],
        },
      ],
    });
  });
});

describe('wrongFields', () => {
  it('has nothing against what is empty, nought for a floor, or four decimals', () => {
    const draft = draftOf(rules);
    draft.tiers[0]!.floor = 0;
    draft.tiers[1]!.floor = 60.1234;
    expect(wrongFields(draft)).toEqual(new Set());
  });

  it('names fields as the API does', () => {
    const draft = draftOf(rules);
    draft.personLimit = 0;
    Object.assign(draft.tiers[0]!, { floor: -1, personLimit: 1.5 });
    Object.assign(draft.tiers[1]!, { floor: 60.12345, personLimit: 1001 });
    expect([...wrongFields(draft)]).toEqual([
      'personLimit',
      'tiers.0.floor',
      'tiers.0.personLimit',
      'tiers.1.floor',
      'tiers.1.personLimit',
    ]);
  });
});
