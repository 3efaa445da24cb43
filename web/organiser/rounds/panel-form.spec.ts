import { describe, expect, it } from '@jest/globals';
import { changeOf, targetOf, wantsReason, type PanelForm } from './panel-form';

const form = (given: Partial<PanelForm> = {}): PanelForm => ({
  judge: '',
  by: '',
  take: 'open',
  sharing: 'some',
  perSubmission: 3,
  work: null,
  status: 'disqualified',
  of: 'submission',
  community: '',
  unit: '',
  reason: '',
  ...given,
});
const work = { id: 'w', number: 'A0001', title: '晨雾' };

describe('changeOf', () => {
  it('is nothing while somebody or something is still to be chosen', () => {
    expect(changeOf({ type: 'add-judge' }, form())).toBeNull();
    expect(changeOf({ type: 'replace-judge', judge: 'a' }, form())).toBeNull();
    expect(changeOf({ type: 'add-work' }, form())).toBeNull();
    expect(changeOf({ type: 'remove-work' }, form())).toBeNull();
    expect(changeOf({ type: 'per-submission' }, form({ perSubmission: '' }))).toBeNull();
    expect(changeOf({ type: 'per-submission' }, form({ perSubmission: 0 }))).toBeNull();
  });

  it('can be tried without a reason, and carries the one that is given', () => {
    const replace = { type: 'replace-judge', judge: 'a', by: 'b', take: 'all' };
    const chosen = form({ by: 'b', take: 'all' });
    expect(changeOf({ type: 'replace-judge', judge: 'a' }, chosen)).toEqual({ ...replace, reason: '—' });
    expect(changeOf({ type: 'replace-judge', judge: 'a' }, { ...chosen, reason: ' 生病 ' })).toEqual({
      ...replace,
      reason: '生病',
    });
    expect(wantsReason({ type: 'add-judge' })).toBe(false);
    expect(changeOf({ type: 'add-judge' }, form({ by: 'b' }))).toEqual({ type: 'add-judge', judge: 'b' });
  });

  it('takes all judges for null', () => {
    expect(changeOf({ type: 'per-submission' }, form({ sharing: 'all' }))).toMatchObject({
      perSubmission: null,
    });
    expect(changeOf({ type: 'per-submission' }, form())).toMatchObject({ perSubmission: 3 });
  });

  it('names the work', () => {
    expect(changeOf({ type: 'remove-work' }, form({ work }))).toMatchObject({
      submission: 'w',
      status: 'disqualified',
    });
  });
});

it('targetOf is a work, its author, or a community', () => {
  expect(targetOf(form())).toBeNull();
  expect(targetOf(form({ work }))).toEqual({ of: 'submission', id: 'w' });
  expect(targetOf(form({ of: 'author', work }))).toBeNull();
  expect(targetOf(form({ of: 'author', work: { ...work, author: 'a' } }))).toEqual({ of: 'author', id: 'a' });
  expect(targetOf(form({ of: 'community', work }))).toBeNull();
  expect(targetOf(form({ of: 'community', community: 'c' }))).toEqual({ of: 'community', id: 'c' });
});
