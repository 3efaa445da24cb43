import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../shared/api-types';
import { homeOf } from '../../shared/home';
import { afterSignIn } from './next';

const entrant: Session = {
  account: { id: 'a', name: '王小燕', phone: null, email: null, mustChangePassword: false },
  roles: [],
};

describe('afterSignIn', () => {
  it('goes where the person was going', () => {
    expect(afterSignIn('/c/x/enter?step=2', entrant)).toBe('/c/x/enter?step=2');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    undefined,
    ['/a'],
  ])('never leaves the site: %p', (next) => {
    expect(afterSignIn(next, entrant)).toBe('/');
  });
});

describe('afterSignIn with a one-time password', () => {
  it('first replaces it, and remembers the goal', () => {
    const account = { ...entrant.account!, mustChangePassword: true };
    expect(afterSignIn('/judge', { account, roles: [] })).toBe('/account?next=%2Fjudge');
  });
});

describe('homeOf', () => {
  it('sends judges to the dark room and organisers to their desk', () => {
    expect(homeOf([{ role: 'judge', contest: 'x' }])).toBe('/judge');
    expect(
      homeOf([
        { role: 'organiser', contest: 'x' },
        { role: 'judge', contest: 'x' },
      ]),
    ).toBe('/organise/x');
    expect(homeOf([{ role: 'admin', contest: null }])).toBe('/organise');
    expect(homeOf([{ role: 'admin', contest: null }], 'y')).toBe('/organise/y');
    expect(homeOf([], 'y')).toBe('/c/y');
  });
});
