import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What a winner tells of himself. */
export interface PayeeSecrets {
  realName: string;
  idType: 'resident' | 'other';
  idNumber: string;
  bank: string;
  account: string;
}

export interface Sealed {
  /** Names the key that opens it, so that keys can be changed. */
  keyId: string;
  /** Nonce, ciphertext and tag, base64. */
  sealed: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Thrown where the key that something was sealed with is none of ours: DATA_KEY was changed, or lost. */
export class PayeeKeyLost extends Error {
  constructor(keyId: string) {
    super(`key ${keyId} is not known: put it into DATA_KEY_PREVIOUS`);
    this.name = 'PayeeKeyLost';
  }
}

/**
 * Seals what winners tell with AES-256-GCM under a key that lies outside the database, bound to its row: copied into
 * another one it does not open. The same person is known again by a keyed hash, from which nobody without the key can
 * tell a number by trying all there are.
 */
export class PayeeCipher {
  readonly keyId: string;
  private readonly keys: Map<string, Buffer>;
  private readonly compareKey: Buffer;

  constructor(dataKey: Buffer, previous?: Buffer) {
    const current = derive(dataKey, 'cipher');
    this.keyId = idOf(current);
    this.compareKey = derive(dataKey, 'compare');
    const old = previous ? [derive(previous, 'cipher')] : [];
    this.keys = new Map([...old, current].map((key) => [idOf(key), key]));
  }

  seal(rowId: string, secrets: PayeeSecrets): Sealed {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keys.get(this.keyId)!, nonce).setAAD(
      Buffer.from(rowId),
    );
    const body = Buffer.concat([nonce, cipher.update(JSON.stringify(secrets)), cipher.final()]);
    return { keyId: this.keyId, sealed: Buffer.concat([body, cipher.getAuthTag()]).toString('base64') };
  }

  /** @throws PayeeKeyLost; an error where a single bit was changed, or the row is another */
  open(rowId: string, { keyId, sealed }: Sealed): PayeeSecrets {
    const key = this.keys.get(keyId);
    if (!key) throw new PayeeKeyLost(keyId);
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(rowId)).setAuthTag(bytes.subarray(-tagBytes));
    const body = [decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()];
    return JSON.parse(Buffer.concat(body).toString()) as PayeeSecrets;
  }

  /** Equal for equal numbers. */
  compareHash(kind: 'person' | 'account', number: string): string {
    return createHmac('sha256', this.compareKey).update(`${kind}\n${number}`).digest('hex');
  }
}

function derive(dataKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `dingge payee ${purpose}`, 32));
}

function idOf(key: Buffer): string {
  return createHash('sha256').update('dingge key id').update(key).digest('hex').slice(0, 8);
}
