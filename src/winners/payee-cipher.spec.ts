import { describe, expect, it } from '@jest/globals';
import { PayeeCipher, PayeeKeyLost, type PayeeSecrets } from './payee-cipher.js';

const secrets: PayeeSecrets = {
  realName: '王晓明',
  idType: 'resident',
  idNumber: '11010519491231002X',
  bank: '中国银行株洲天元支行',
  account: '4111111111111111',
};
const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const row = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const cipher = new PayeeCipher(old);

describe('what a winner tells', () => {
  it('opens again, and is never sealed twice alike', () => {
    const [one, other] = [cipher.seal(row, secrets), cipher.seal(row, secrets)];
    expect(one.sealed).not.toBe(other.sealed);
    expect(cipher.open(row, one)).toEqual(secrets);
    expect(Buffer.from(one.sealed, 'base64').toString('latin1')).not.toContain('11010519');
  });

  it('opens in no other row, with no bit changed', () => {
    const kept = cipher.seal(row, secrets);
    expect(() => cipher.open(row.replace('6', '7'), kept)).toThrow();
    const bytes = Buffer.from(kept.sealed, 'base64');
    for (const at of [0, 12, 40, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1;
      expect(() => cipher.open(row, { ...kept, sealed: changed.toString('base64') })).toThrow();
    }
  });

  it('opens under a new key while the old one is still given, and not without it', () => {
    const kept = cipher.seal(row, secrets);
    expect(new PayeeCipher(fresh, old).open(row, kept)).toEqual(secrets);
    expect(() => new PayeeCipher(fresh).open(row, kept)).toThrow(PayeeKeyLost);
    expect(new PayeeCipher(fresh, old).seal(row, secrets).keyId).not.toBe(kept.keyId);
  });

  it('is compared by a hash that only the key can make', () => {
    const hash = cipher.compareHash('person', secrets.idNumber);
    expect(cipher.compareHash('person', secrets.idNumber)).toBe(hash);
    expect(cipher.compareHash('account', secrets.idNumber)).not.toBe(hash);
    expect(new PayeeCipher(fresh).compareHash('person', secrets.idNumber)).not.toBe(hash);
  });
});
