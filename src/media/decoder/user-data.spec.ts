import { describe, expect, it } from '@jest/globals';
import { nalLengthSize, withoutAnnexBUserData, withoutUserData } from './user-data.js';

/** A packet of NAL units, each behind its length in four bytes. */
const packet = (...units: number[][]): Uint8Array =>
  Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));

const text = [...Buffer.from('made by someone')];
const message = (type: number) => [type, text.length, ...text];
const end = 0x80;

describe('user data in a stream', () => {
  it('is taken out, and pictures stay', () => {
    const slice = [0x65, 1, 2, 3];
    expect(withoutUserData(packet([6, ...message(5), end], slice, [6, ...message(4), end]), 4)).toEqual(
      packet(slice),
    );
  });

  it('is found behind other messages, and they stay where there is none', () => {
    const timing = [1, 4, 0, 0, 3, 0, 0];
    const clean = packet([6, ...timing, end], [0x65, 1]);
    expect(withoutUserData(clean, 4)).toBe(clean);
    expect(withoutUserData(packet([6, ...timing, ...message(5), end], [0x65, 1]), 4)).toEqual(
      packet([0x65, 1]),
    );
  });

  it('is left in a packet that is damaged or holds nothing else', () => {
    const only = packet([6, ...message(5), end]);
    for (const odd of [
      only,
      Uint8Array.from([0, 0, 0, 99, 1]),
      Uint8Array.from([0, 0]),
      new Uint8Array(12),
    ]) {
      expect(withoutUserData(odd, 4)).toBe(odd);
    }
  });

  it('is taken out of units behind start codes, long and short', () => {
    const slice = [0x65, 1, 2, 3];
    const parameters = [0x67, 0x64, 0, 0x1f];
    const stream = [0, 0, 0, 1, ...parameters, 0, 0, 1, 6, ...message(5), end, 0, 0, 0, 1, ...slice];
    expect([...withoutAnnexBUserData(Buffer.from(stream))]).toEqual([
      0,
      0,
      1,
      ...parameters,
      0,
      0,
      1,
      ...slice,
    ]);
    expect(withoutAnnexBUserData(Buffer.from('no start code')).length).toBe(0);
  });

  it('knows how long lengths are from a configuration', () => {
    expect(nalLengthSize(Uint8Array.from([1, 0x64, 0, 0x1f, 0xff]))).toBe(4);
    expect(nalLengthSize(Uint8Array.from([1, 0x64, 0, 0x1f, 0xfd]))).toBe(2);
    expect(nalLengthSize(new Uint8Array(9))).toBeNull();
    expect(nalLengthSize(new Uint8Array(3))).toBeNull();
  });
});
