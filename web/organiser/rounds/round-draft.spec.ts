import { describe, expect, it } from '@jest/globals';
import type { Round } from '../../shared/api-types-desk';
import { draftOf, draftProblems, loads, newDraft, settingsOf, type RoundDraft } from './round-draft';
import { usualScoring } from './scoring';

const zone = 'Asia/Shanghai';
const draft = (given: Partial<RoundDraft> = {}): RoundDraft => ({
  ...newDraft('photo', '初评', ['a', 'b', 'c', 'd', 'e']),
  criteria: [{ name: '主题', weight: 1, min: 0, max: 100, step: 1 }],
  ...given,
});

describe('draftProblems', () => {
  it('has none where all is filled in', () => {
    expect(draftProblems(draft(), zone)).toEqual([]);
    expect(draftProblems(draft({ kind: 'pass', criteria: [] }), zone)).toEqual([]);
    expect(draftProblems(draft({ kind: 'tokens', tokens: 43, deadline: '2026-09-17T18:00' }), zone)).toEqual(
      [],
    );
  });

  it('names what is missing, and only what the kind asks for', () => {
    const empty = { name: ' ', judges: [], quorum: '', passPercent: '', tokens: '', criteria: [] } as const;
    const bare = { ...empty, judges: [...empty.judges], criteria: [...empty.criteria], deadline: 'soon' };
    expect(draftProblems(draft({ ...bare, kind: 'pass' }), zone)).toEqual([
      'nameMissing',
      'quorumWrong',
      'passPercentWrong',
      'judgesMissing',
      'deadlineWrong',
    ]);
    expect(draftProblems(draft({ ...bare, kind: 'tokens', deadline: '' }), zone)).toEqual([
      'nameMissing',
      'tokensWrong',
      'judgesMissing',
    ]);
  });

  it('drops no more totals than each work has, and only where the method drops any', () => {
    const scoring = { ...newDraft('', '', []).scoring, highest: 2, lowest: 1 } as const;
    const some = { sharing: 'some', perSubmission: 3, scoring } as const;
    expect(draftProblems(draft({ ...some, method: 'trimmed' }), zone)).toEqual(['trimWrong']);
    expect(draftProblems(draft({ scoring, method: 'trimmed' }), zone)).toEqual([]);
    expect(draftProblems(draft({ ...some, method: 'median' }), zone)).toEqual([]);
  });

  it('asks for no more judges, and no more decisions, than there are', () => {
    expect(draftProblems(draft({ sharing: 'some', perSubmission: 6 }), zone)).toEqual(['perSubmissionWrong']);
    const pass = { kind: 'pass', sharing: 'some', perSubmission: 3 } as const;
    expect(draftProblems(draft({ ...pass, quorum: 3 }), zone)).toEqual([]);
    expect(draftProblems(draft({ ...pass, quorum: 4 }), zone)).toEqual(['quorumWrong']);
    expect(draftProblems(draft({ ...pass, quorum: 1.5 }), zone)).toEqual(['quorumWrong']);
  });
});

describe('settingsOf', () => {
  it('leaves out what belongs to another kind', () => {
    const pass = settingsOf(draft({ kind: 'pass', quorum: 2, passPercent: 60 }), zone);
    expect(pass).toMatchObject({
      quorum: 2,
      passPercent: 60,
      tokens: null,
      perSubmission: null,
      select: null,
    });
    expect(pass).not.toHaveProperty('criteria');
    expect(pass).not.toHaveProperty('scoring');
    expect(
      settingsOf(draft({ sharing: 'some', perSubmission: 3, source: 'r1', tied: true }), zone),
    ).toMatchObject({ perSubmission: 3, quorum: null, select: { rounds: ['r1'], tied: true } });
  });

  it('lets everybody vote on every work', () => {
    const vote = draft({ kind: 'tokens', tokens: 5, sharing: 'some', perSubmission: 99 });
    expect(draftProblems(vote, zone)).toEqual([]);
    expect(settingsOf(vote, zone)).toMatchObject({ tokens: 5, perSubmission: null });
  });

  it('takes the deadline from the wall of the contest', () => {
    const { deadlineAt } = settingsOf(draft({ deadline: '2026-09-17T18:00' }), zone);
    expect(deadlineAt).toBe('2026-09-17T10:00:00.000Z');
  });

  it('comes back from the round that it made', () => {
    const given = draft({
      kind: 'tokens',
      tokens: 7,
      deadline: '2026-09-17T18:00',
      comments: false,
      criteria: [],
    });
    const { judges, ...settings } = settingsOf(given, zone);
    const round = {
      ...settings,
      kind: 'tokens',
      method: 'auto',
      scoring: usualScoring,
      category: { key: 'photo', name: '摄影', media: 'image' },
      criteria: [],
      judges: judges.map((id) => ({ id, name: id, done: 0, total: 0, left: false, replaces: null })),
    } as unknown as Round;
    expect(draftOf(round, zone)).toEqual(given);
  });
});

describe('loads', () => {
  it('shares the works out evenly', () => {
    expect(loads(10, 5, null)).toEqual([10, 10]);
    expect(loads(10, 4, 3)).toEqual([7, 8]);
    expect(loads(10, 0, 3)).toEqual([0, 0]);
  });
});
