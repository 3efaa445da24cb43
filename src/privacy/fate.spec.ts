import { describe, expect, it } from '@jest/globals';
import { goes, type Fated } from './fate.js';

const fresh: Fated = { status: 'submitted', inJudging: false, entered: false, begun: false };

describe('what becomes of a work', () => {
  it.each(['draft', 'submitted', 'accepted', 'returned', 'rejected', 'withdrawn', 'disqualified'])(
    'that is %s goes before judging',
    (status) => {
      expect(goes({ ...fresh, status })).toBe(true);
    },
  );

  it.each([
    ['draft', true],
    ['withdrawn', true],
    ['submitted', false],
    ['accepted', false],
    ['returned', false],
    ['rejected', false],
    ['disqualified', false],
  ])('that is %s and in no round once judging has begun: goes is %s', (status, gone) => {
    expect(goes({ ...fresh, status, begun: true })).toBe(gone);
  });

  it('stays when it is or was in a round, whatever else is true', () => {
    expect(goes({ status: 'accepted', inJudging: true, entered: true, begun: true })).toBe(false);
    expect(goes({ status: 'accepted', inJudging: true, entered: false, begun: false })).toBe(false);
    expect(goes({ status: 'disqualified', inJudging: false, entered: true, begun: true })).toBe(false);
  });
});
