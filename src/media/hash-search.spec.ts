import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bands, probes } from './hash-search.js';
import { hashRadius } from './fingerprint/likeness.js';

describe('the probes of a search', () => {
  it('are the 137 values of 16 bits with at most two set', () => {
    const few = Array.from({ length: 65536 }, (_, value) => value).filter(
      (value) => value.toString(2).replaceAll('0', '').length <= 2,
    );
    expect([...probes].sort((a, b) => a - b)).toEqual(few);
  });

  it('find every hash within the radius by one band or another', () => {
    const near = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: hashRadius });
    fc.assert(
      fc.property(near, (bits) => {
        const difference = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
        const found = bands.some((shift) => probes.includes(Number((difference >> BigInt(shift)) & 65535n)));
        expect(found).toBe(true);
      }),
    );
  });
});
