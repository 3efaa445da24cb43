import { describe, expect, it } from '@jest/globals';
import type { Scoring } from '../../shared/api-types-desk';
import { scoringDraftOf, scoringSettings, trimWrong, usualScoring } from './scoring';

describe('a draft of scoring', () => {
  it('is as usual where nothing is changed', () => {
    expect(scoringSettings(scoringDraftOf(usualScoring), 'trimmed')).toEqual(usualScoring);
  });

  it('comes back as it was set, steps that were left out at the end', () => {
    const scoring: Scoring = {
      trim: { highest: 1, lowest: 2 },
      rounding: { sheet: null, score: { places: 1, mode: 'half-even' } },
      ties: ['median', 'chair', 'earlier_submission'],
    };
    const draft = scoringDraftOf(scoring);
    expect(draft.ties.map(({ step, on }) => (on ? step : `(${step})`))).toEqual([
      'median',
      'chair',
      '(criterion)',
      '(untrimmed_mean)',
      '(sorted_marks)',
      'earlier_submission',
    ]);
    expect(scoringSettings(draft, 'trimmed')).toEqual(scoring);
  });

  it('keeps who sent earlier last, even where it is left out', () => {
    const { ties } = scoringDraftOf({ ...usualScoring, ties: ['chair'] });
    expect(ties.at(-1)).toEqual({ step: 'earlier_submission', on: false });
  });

  it('drops nothing where another method counts', () => {
    const draft = { ...scoringDraftOf(usualScoring), highest: 2 as const };
    expect(scoringSettings(draft, 'trimmed').trim).toEqual({ highest: 2, lowest: 1 });
    expect(scoringSettings(draft, 'auto').trim).toBeNull();
  });
});

describe('trimWrong', () => {
  const draft = (highest: number | '', lowest: number | '') => ({
    ...scoringDraftOf(usualScoring),
    highest,
    lowest,
  });

  it('leaves something of each work', () => {
    expect(trimWrong(draft(2, 2), 5)).toBe(false);
    expect(trimWrong(draft(3, 2), 5)).toBe(true);
    // Two judges can only select, by the mean: the server takes it.
    expect(trimWrong(draft(1, 1), 2)).toBe(false);
  });

  it('takes whole numbers only', () => {
    expect(trimWrong(draft('', 1), 5)).toBe(true);
    expect(trimWrong(draft(0.5, 1), 5)).toBe(true);
    expect(trimWrong(draft(-1, 1), 5)).toBe(true);
  });
});
