import { describe, expect, it } from '@jest/globals';
import { betterState, type Compared } from './better-state.js';

const judged: Compared = {
  ...{ sha256: 'a', status: 'ready', bytes: 1000, width: 40, height: 30, fingerprint: [] },
};
const given = (changes: Partial<Compared>) => betterState(judged, { ...judged, sha256: 'b', ...changes });

describe('a file handed in for a judged one', () => {
  it.each([
    ['is not known before it is decoded', { status: 'pending' }, 'pending'],
    ['may be none', { status: 'failed' }, 'failed'],
    ['may be the very file', { sha256: 'a' }, 'equal'],
    ['may have fewer pixels, however many bytes', { width: 39, bytes: 9000 }, 'smaller'],
    ['may have as many pixels in fewer bytes', { bytes: 999 }, 'smaller'],
    ['may be of something else, be it as large as it likes', { width: 400 }, 'different'],
  ] as const)('%s', (_what, changes, state) => {
    expect(given(changes)).toBe(state);
  });
});
