import { describe, expect, it } from '@jest/globals';
import { hlgNits, pqNits, profileInExif, profileOf, toned } from './colour-spaces.js';

describe('code points', () => {
  it('of wide gamuts and high ranges have a profile, of sRGB and of what says nothing none', () => {
    const named = (primaries: number, transfer: number) => profileOf({ primaries, transfer }) !== null;
    expect([named(12, 13), named(9, 1), named(9, 16), named(12, 18), named(1, 16)]).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect([named(1, 13), named(1, 1), named(2, 2), named(5, 6), named(6, 6)]).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('make profiles whose tags lie inside them, at multiples of four', () => {
    for (const transfer of [13, 16, 18]) {
      const icc = profileOf({ primaries: 9, transfer }) ?? Buffer.alloc(0);
      expect(icc.readUInt32BE(0)).toBe(icc.length);
      expect(icc.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ');
      expect(icc.toString('latin1', 36, 40)).toBe('acsp');
      for (let entry = 132; entry < 132 + 12 * icc.readUInt32BE(128); entry += 12) {
        const [at, length] = [icc.readUInt32BE(entry + 4), icc.readUInt32BE(entry + 8)];
        expect([at % 4, at + length <= icc.length]).toEqual([0, true]);
      }
    }
  });
});

describe('high dynamic range', () => {
  it('has the levels that BT.2408 gives for both codings', () => {
    // 203 cd/m², where paper is white, lies at 58 % of PQ and at 75 % of HLG.
    expect(pqNits(0.58)).toBeGreaterThan(200);
    expect(pqNits(0.58)).toBeLessThan(206);
    expect(hlgNits(0.75)).toBeGreaterThan(200);
    expect(hlgNits(0.75)).toBeLessThan(206);
    expect([pqNits(0), pqNits(1)]).toEqual([0, 10_000]);
    expect([hlgNits(0), Math.round(hlgNits(1))]).toEqual([0, 1000]);
  });

  it('keeps its order down to what a screen can show', () => {
    const levels = [0, 1, 10, 50, 203, 500, 999].map(toned);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(new Set(levels).size).toBe(levels.length);
    expect([toned(0), toned(1000), toned(10_000)]).toEqual([0, 1, 1]);
  });
});

describe('EXIF', () => {
  /** The least that names an interoperability index: two directories, one within the other. */
  function exif(index: string, signature = 'Exif\0\0'): Buffer {
    const tiff = Buffer.alloc(62);
    tiff.write('MM\0*', 0, 'latin1');
    tiff.writeUInt32BE(8, 4);
    const entry = (at: number, tag: number, type: number, count: number) => {
      tiff.writeUInt16BE(1, at);
      tiff.writeUInt16BE(tag, at + 2);
      tiff.writeUInt16BE(type, at + 4);
      tiff.writeUInt32BE(count, at + 6);
      return at + 10;
    };
    tiff.writeUInt32BE(26, entry(8, 0x8769, 4, 1));
    tiff.writeUInt32BE(44, entry(26, 0xa005, 4, 1));
    tiff.write(`${index}\0`, entry(44, 0x0001, 2, 4), 'latin1');
    return Buffer.concat([Buffer.from(signature, 'latin1'), tiff]);
  }

  it('names Adobe RGB by R03, and else nothing', () => {
    expect(profileInExif(exif('R03'))).not.toBeNull();
    expect(profileInExif(exif('R03', ''))).not.toBeNull();
    expect(profileInExif(exif('R98'))).toBeNull();
  });

  it('may be damaged', () => {
    const whole = exif('R03');
    for (let length = 0; length < whole.length - 4; length += 7) {
      expect(profileInExif(Buffer.concat([whole.subarray(0, length), Buffer.from('R03\0')]))).toBeNull();
    }
  });
});
