import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { renditionNames, type RenditionName } from './rendition-names.js';

export type Linked = RenditionName | 'original';

/** What a link says: which bytes, for whom, under which grant, until when. */
export interface LinkClaims {
  mediaId: string;
  rendition: Linked;
  /** Null for everybody: then the grant is a publication's id. */
  accountId: string | null;
  /** Id whose revocation kills the link (a judge's task), or whose life keeps it alive (a publication); null for neither. */
  grant: string | null;
  /** Seconds since 1970. */
  expires: number;
}

const names: readonly Linked[] = [...renditionNames, 'original'];
const nobody = '00000000-0000-0000-0000-000000000000';
const ivLength = 12;
const tagLength = 16;
const bodyLength = 16 + 1 + 16 + 16 + 4;

/**
 * Mints and reads the opaque part of a picture's address. AES-256-GCM, so that a judge can read neither
 * media id nor file kind from it; the nonce is an HMAC of the content (as in SIV modes), so that equal
 * claims give an equal address and the browser's cache works for the whole day.
 */
export class LinkCodec {
  private readonly cipherKey: Buffer;
  private readonly nonceKey: Buffer;

  constructor(secret: Buffer) {
    this.cipherKey = Buffer.from(hkdfSync('sha256', secret, '', 'dingge media link cipher', 32));
    this.nonceKey = Buffer.from(hkdfSync('sha256', secret, '', 'dingge media link nonce', 32));
  }

  mint(claims: LinkClaims): string {
    const body = Buffer.concat([
      uuidBytes(claims.mediaId),
      Buffer.from([names.indexOf(claims.rendition)]),
      uuidBytes(claims.accountId ?? nobody),
      uuidBytes(claims.grant ?? nobody),
      uint32(claims.expires),
    ]);
    const iv = createHmac('sha256', this.nonceKey).update(body).digest().subarray(0, ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.cipherKey, iv);
    return Buffer.concat([iv, cipher.update(body), cipher.final(), cipher.getAuthTag()]).toString(
      'base64url',
    );
  }

  /** The claims of a link, or null when a single bit of it is not ours. */
  read(token: string): LinkClaims | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== ivLength + bodyLength + tagLength || bytes.toString('base64url') !== token) {
      return null;
    }
    const decipher = createDecipheriv('aes-256-gcm', this.cipherKey, bytes.subarray(0, ivLength));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    try {
      const body = Buffer.concat([decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]);
      const rendition = names[body.readUInt8(16)];
      const account = uuidText(body.subarray(17, 33));
      const grant = uuidText(body.subarray(33, 49));
      return rendition
        ? {
            mediaId: uuidText(body.subarray(0, 16)),
            rendition,
            accountId: account === nobody ? null : account,
            grant: grant === nobody ? null : grant,
            expires: body.readUInt32BE(49),
          }
        : null;
    } catch {
      return null;
    }
  }
}

/** The end of the next day, UTC: a page that stays open over midnight keeps its pictures. */
export function endOfNextDay(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 2) / 1000;
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
