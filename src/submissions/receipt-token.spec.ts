import { describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { ReceiptTokens } from './receipt-token.js';

describe('a receipt’s token', () => {
  const tokens = new ReceiptTokens(randomBytes(32));

  it('is short, always the same, and leads back to the work', () => {
    const id = randomUUID();
    expect(tokens.of(id)).toMatch(/^[\w-]{22}$/);
    expect(tokens.of(id)).toBe(tokens.of(id));
    expect(tokens.read(tokens.of(id))).toBe(id);
  });

  it('means another work, or none, under another key and with any letter changed', () => {
    const id = randomUUID();
    const token = tokens.of(id);
    expect(new ReceiptTokens(randomBytes(32)).read(token)).not.toBe(id);
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1))).not.toBe(id);
    }
  });

  it.each([
    '',
    'x',
    'none',
    '../../etc',
    'A'.repeat(21),
    'A'.repeat(23),
    `${'A'.repeat(21)}=`,
    '定'.repeat(22),
  ])('is not %p', (text) => {
    expect(tokens.read(text)).toBeNull();
  });
});
