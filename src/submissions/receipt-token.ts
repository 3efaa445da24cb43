import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * The short public name of a work's receipt: its id, sixteen random bytes of which none but its owner and the
 * organisers know, enciphered as a single AES block. Under a secret key that is a random permutation of all blocks, so
 * nobody computes a name from an id or a neighbour's name, and one that is made up meets one of n works with a
 * chance of n in 2^122. No row is needed, and 22 letters keep the QR code coarse enough for a poor print.
 */
export class ReceiptTokens {
  private readonly key: Buffer;

  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'dingge receipt', 32));
  }

  of(submissionId: string): string {
    const cipher = createCipheriv('aes-256-ecb', this.key, null).setAutoPadding(false);
    const id = Buffer.from(submissionId.replaceAll('-', ''), 'hex');
    return Buffer.concat([cipher.update(id), cipher.final()]).toString('base64url');
  }

  /** The id that it would stand for, whether there is such a work or not; null for what is no token at all. */
  read(token: string): string | null {
    const block = Buffer.from(token, 'base64url');
    if (block.length !== 16 || block.toString('base64url') !== token) return null;
    const decipher = createDecipheriv('aes-256-ecb', this.key, null).setAutoPadding(false);
    const id = Buffer.concat([decipher.update(block), decipher.final()]).toString('hex');
    return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
