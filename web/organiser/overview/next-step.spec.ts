import { describe, expect, it } from '@jest/globals';
import type { Overview, Round } from '../../shared/api-types-desk';
import { nextStep } from './next-step';

function round(part: Partial<Round>): Round {
  return {
    id: 'r',
    name: '摄影评分',
    kind: 'score',
    status: 'draft',
    category: { key: 'photo', name: '摄影', media: 'image' },
    criteria: [],
    anonymous: true,
    method: 'auto',
    scoring: { trim: null, rounding: { sheet: null, score: null }, ties: [] },
    plannedJudges: null,
    perSubmission: null,
    quorum: null,
    passPercent: null,
    tokens: null,
    select: null,
    selection: null,
    selected: 0,
    tied: 0,
    deadlineAt: null,
    instructions: '',
    comments: true,
    judges: [],
    works: 10,
    done: 0,
    total: 50,
    openedAt: null,
    closedAt: null,
    closeReason: null,
    settingsHash: null,
    marksBeforeClose: false,
    ...part,
  };
}

function overview(part: Partial<Overview> = {}): Overview {
  return {
    submissions: { draft: 0, submitted: 0, accepted: 10, returned: 0, rejected: 0, withdrawn: 0 },
    byCategory: [{ key: 'photo', name: '摄影', total: 10, accepted: 10 }],
    media: { pending: 0, ready: 10, failed: 0 },
    people: { entrants: 4, judges: 5 },
    rounds: [],
    results: [],
    ...part,
  };
}

const result = {
  ...{ id: 'x', category: 'photo', createdAt: '', lockedAt: null, hash: '' },
  ...{ version: null, supersedes: null },
};

describe('nextStep', () => {
  it('goes through the contest in its order', () => {
    const none = { draft: 2, submitted: 0, accepted: 0, returned: 0, rejected: 0, withdrawn: 0 };
    expect(nextStep(overview({ submissions: none, byCategory: [] })).key).toBe('empty');
    expect(nextStep(overview({ submissions: { ...none, submitted: 12 } }))).toEqual({
      key: 'screen',
      params: { count: 12 },
      page: 'screening',
    });
    expect(nextStep(overview({ people: { entrants: 4, judges: 1 } }))).toMatchObject({
      key: 'inviteJudges',
      params: { count: 2 },
    });
    expect(nextStep(overview()).key).toBe('makeRound');
    expect(nextStep(overview({ rounds: [round({})] })).key).toBe('openRound');
    expect(nextStep(overview({ rounds: [round({ status: 'open', done: 30 })] }))).toMatchObject({
      key: 'waitJudges',
      params: { count: 20 },
    });
    expect(nextStep(overview({ rounds: [round({ status: 'open', done: 50 })] })).key).toBe('closeRound');
    const closed = [round({ status: 'closed' })];
    expect(nextStep(overview({ rounds: closed })).key).toBe('decide');
    expect(nextStep(overview({ rounds: closed, results: [{ ...result, status: 'dry' }] })).key).toBe('lock');
    expect(nextStep(overview({ rounds: closed, results: [{ ...result, status: 'locked' }] })).key).toBe(
      'export',
    );
  });

  it('goes on with the second category after the first is locked', () => {
    const byCategory = [
      { key: 'photo', name: '摄影', total: 10, accepted: 10 },
      { key: 'video', name: '视频', total: 4, accepted: 4 },
    ];
    const rounds = [round({ status: 'closed' })];
    expect(
      nextStep(overview({ byCategory, rounds, results: [{ ...result, status: 'locked' }] })),
    ).toMatchObject({
      key: 'makeRound',
      params: { category: '视频' },
    });
  });

  it('waits for authors where everything was returned', () => {
    const submissions = { draft: 0, submitted: 0, accepted: 0, returned: 3, rejected: 0, withdrawn: 0 };
    const byCategory = [{ key: 'photo', name: '摄影', total: 3, accepted: 0 }];
    expect(nextStep(overview({ submissions, byCategory })).key).toBe('waitReturned');
  });
});
