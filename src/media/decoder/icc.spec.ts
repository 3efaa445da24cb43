import { describe, expect, it } from '@jest/globals';
import { isPlainSrgb, profileName } from './icc.js';

/** The least of a profile: header, a table of one tag, the description. */
function profile(description: Buffer): Buffer {
  const head = Buffer.alloc(144);
  head.writeUInt32BE(1, 128);
  head.write('desc', 132, 'latin1');
  head.writeUInt32BE(144, 136);
  head.writeUInt32BE(description.length, 140);
  return Buffer.concat([head, description]);
}

function version2(name: string): Buffer {
  const tag = Buffer.alloc(13 + name.length);
  tag.write('desc', 0, 'latin1');
  tag.writeUInt32BE(name.length + 1, 8);
  tag.write(name, 12, 'latin1');
  return profile(tag);
}

function version4(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le').swap16();
  const tag = Buffer.alloc(28);
  tag.write('mluc', 0, 'latin1');
  tag.writeUInt32BE(1, 8);
  tag.writeUInt32BE(12, 12);
  tag.write('enUS', 16, 'latin1');
  tag.writeUInt32BE(text.length, 20);
  tag.writeUInt32BE(28, 24);
  return profile(Buffer.concat([tag, text]));
}

describe('a colour profile', () => {
  it('has a name, in both versions of the format', () => {
    expect(profileName(version2('Adobe RGB (1998)'))).toBe('Adobe RGB (1998)');
    expect(profileName(version4('Display P3'))).toBe('Display P3');
  });

  it.each(['sRGB', 'sRGB IEC61966-2.1', 'sRGB IEC61966-2-1 black scaled', 'sRGB built-in'])(
    'is plain: %s',
    (name) => {
      expect([isPlainSrgb(version2(name)), isPlainSrgb(version4(name))]).toEqual([true, true]);
    },
  );

  it.each(['Display P3', 'sRGB-elle-V2-g10.icc', 'Linear sRGB', 'sRGB linear', 'e-sRGB', ''])(
    'is not: %s',
    (name) => {
      expect(isPlainSrgb(version2(name))).toBe(false);
    },
  );

  it('has no name where it is damaged', () => {
    const whole = version4('sRGB');
    for (const length of [0, 100, 128, 131, 140, 150]) {
      expect(profileName(whole.subarray(0, length))).toBeNull();
    }
    expect(profileName(Buffer.alloc(500, 0xff))).toBeNull();
  });
});
