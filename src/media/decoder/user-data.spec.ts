import { describe, expect, it } from '@jest/globals';
import { nalLengthSize, withoutConfigurationUserData, withoutUserData } from './user-data.js';

/** A packet of NAL units, each behind its length in four bytes. */
const packet = (...units: number[][]): Uint8Array =>
  Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));

const text = [...Buffer.from('made by someone')];
const message = (type: number) => [type, text.length, ...text];
const end = 0x80;

describe('user data in a stream', () => {
  it('is taken out of H.264 and HEVC, and pictures stay', () => {
    const slice = [0x65, 1, 2, 3];
    expect(
      withoutUserData(packet([6, ...message(5), end], slice, [6, ...message(4), end]), 'avc', 4),
    ).toEqual(packet(slice));
    const hevcSlice = [0x26, 1, 9, 9];
    expect(
      withoutUserData(packet([78, 1, ...message(5), end], hevcSlice, [80, 1, ...message(4), end]), 'hevc', 4),
    ).toEqual(packet(hevcSlice));
  });

  it('is found behind other messages, and they stay where there is none', () => {
    const timing = [1, 4, 0, 0, 3, 0, 0];
    const clean = packet([6, ...timing, end], [0x65, 1]);
    expect(withoutUserData(clean, 'avc', 4)).toBe(clean);
    expect(withoutUserData(packet([6, ...timing, ...message(5), end], [0x65, 1]), 'avc', 4)).toEqual(
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
      expect(withoutUserData(odd, 'avc', 4)).toBe(odd);
    }
  });

  it('is taken out of the configuration of HEVC', () => {
    const head = [1, ...Array.from({ length: 20 }, () => 7), 0xff];
    const array = (type: number, unit: number[]) => [0x80 | type, 0, 1, 0, unit.length, ...unit];
    const before = Uint8Array.from([...head, 2, ...array(39, text), ...array(33, [1, 2, 3])]);
    const after = Uint8Array.from([...head, 1, ...array(33, [1, 2, 3])]);
    expect(withoutConfigurationUserData(before)).toEqual(after);
    expect(withoutConfigurationUserData(after)).toEqual(after);
    expect(withoutConfigurationUserData(before.subarray(0, 30))).toEqual(before.subarray(0, 30));
    expect(nalLengthSize('hevc', before)).toBe(4);
    expect(nalLengthSize('avc', new Uint8Array(3))).toBeNull();
  });
});
