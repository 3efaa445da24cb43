import { describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { endOfNextDay, LinkCodec, type LinkClaims } from './links.js';

const codec = new LinkCodec(randomBytes(32));
const claims: LinkClaims = {
  mediaId: randomUUID(),
  rendition: 'preview',
  accountId: randomUUID(),
  grant: randomUUID(),
  expires: 1_900_000_000,
};

describe('a picture’s link', () => {
  it('gives back what was put in, with and without a grant', () => {
    expect(codec.read(codec.mint(claims))).toEqual(claims);
    expect(codec.read(codec.mint({ ...claims, grant: null, rendition: 'original' }))).toEqual({
      ...claims,
      grant: null,
      rendition: 'original',
    });
  });

  it('is the same for the same claims, so that the cache works, and differs for any other', () => {
    expect(codec.mint(claims)).toBe(codec.mint({ ...claims }));
    const others: Partial<LinkClaims>[] = [
      { mediaId: randomUUID() },
      { rendition: 'thumb' },
      { accountId: randomUUID() },
      { accountId: null },
      { grant: randomUUID() },
      { expires: claims.expires + 1 },
    ];
    const tokens = new Set([
      codec.mint(claims),
      ...others.map((other) => codec.mint({ ...claims, ...other })),
    ]);
    expect(tokens.size).toBe(7);
  });

  it('is worth nothing when altered anywhere, cut, lengthened or minted with another secret', () => {
    const token = codec.mint(claims);
    const bytes = Buffer.from(token, 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const altered = Buffer.from(bytes);
      altered[index] ^= 1;
      expect(codec.read(altered.toString('base64url'))).toBeNull();
    }
    expect(codec.read(token.slice(0, -1))).toBeNull();
    expect(codec.read(`${token}A`)).toBeNull();
    expect(codec.read(`${token}=`)).toBeNull();
    expect(codec.read('')).toBeNull();
    expect(new LinkCodec(randomBytes(32)).read(token)).toBeNull();
  });

  it('does not show its ids', () => {
    const token = codec.mint(claims);
    const bytes = Buffer.from(token, 'base64url').toString('hex');
    expect(bytes).not.toContain(claims.mediaId.replaceAll('-', '').slice(0, 12));
  });

  it('ends with the next day', () => {
    expect(endOfNextDay(new Date('2026-09-15T23:59:59Z'))).toBe(Date.parse('2026-09-17T00:00:00Z') / 1000);
    expect(endOfNextDay(new Date('2026-12-31T00:00:00Z'))).toBe(Date.parse('2027-01-02T00:00:00Z') / 1000);
  });
});
