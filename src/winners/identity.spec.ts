import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOtherId, maskAccount, maskId, passesLuhn, residentIdProblem } from './identity.js';

const today = '2026-11-28';

describe('a resident identity number', () => {
  // 11010519491231002X is the example of GB 11643 itself, 440524188001010014 the second one.
  it.each([
    ['11010519491231002X', null],
    ['440524188001010014', null],
    ['110105194912310021', 'check'],
    ['11010519491231002x', 'form'],
    ['110105194902300028', 'birth'],
    ['110105203001010020', 'birth'],
    ['1101051949123100', 'form'],
    ['', 'form'],
  ])('%s: %s', (number, problem) => {
    expect(residentIdProblem(number, today)).toBe(problem);
  });

  it('never passes with one digit changed, or two neighbours exchanged', () => {
    const good = '440524188001010014';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const changed = good.slice(0, at) + String(digit) + good.slice(at + 1);
        expect(residentIdProblem(changed, today) === null).toBe(changed === good);
      }),
    );
    for (let at = 0; at < 17; at++) {
      const swapped = good.slice(0, at) + good[at + 1] + good[at] + good.slice(at + 2);
      expect(residentIdProblem(swapped, today) === null).toBe(swapped === good);
    }
  });
});

describe('other papers and accounts', () => {
  it.each([
    ['E12345678', true],
    ['H0123456789', true],
    ['e123', false],
    ['12 34567', false],
  ])('%s may be the number of one: %s', (number, may) => {
    expect(isOtherId(number)).toBe(may);
  });

  // 4111… and 79927398713 are the published examples of the formula.
  it.each([
    ['4111111111111111', true],
    ['79927398713', true],
    ['6222021234567893', false],
    ['4111111111111112', false],
  ])('%s passes Luhn: %s', (account, passes) => {
    expect(passesLuhn(account)).toBe(passes);
  });

  it('are masked', () => {
    expect([maskId('11010519491231002X'), maskId('E1234'), maskAccount('6222021234567890')]).toEqual([
      '110***********002X',
      'E****',
      '**** 7890',
    ]);
  });
});
