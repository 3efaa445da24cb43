import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Whose key a request has to be signed with. */
export interface S3Key {
  id: string;
  secret: string;
  region: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
/** Beyond it a clock is wrong. */
const skewMs = 15 * 60_000;
const longestLinkSeconds = 7 * 24 * 3600;

interface Claim {
  credential: string;
  signedHeaders: string;
  signature: string;
  date: string;
  payload: string;
}

/**
 * Checks a request's Signature Version 4, in the header or in the query, as Amazon describes it in “Authenticating
 * Requests (AWS Signature Version 4)” of the S3 API Reference.
 * @returns the code with which Amazon refuses it, or null; whether the body is the one that was signed is not seen here
 */
export function refusalOf(request: IncomingMessage, key: S3Key, now = Date.now()): string | null {
  const url = new URL(request.url ?? '/', 'http://store');
  const inQuery = url.searchParams.has('X-Amz-Signature');
  if (inQuery && request.headers.authorization) return 'InvalidArgument';
  const claim = inQuery ? claimOfQuery(url) : claimOfHeader(request);
  if (!claim) return 'AccessDenied';

  const [id, day, region, service, end] = claim.credential.split('/');
  if (id !== key.id) return 'InvalidAccessKeyId';
  const scope = `${day}/${region}/${service}/${end}`;
  const expected = `${claim.date.slice(0, 8)}/${key.region}/s3/aws4_request`;
  if (scope !== expected) return 'AuthorizationHeaderMalformed';

  const age = now - timeOf(claim.date);
  if (Number.isNaN(age)) return 'AccessDenied';
  if (inQuery) {
    const life = Number(url.searchParams.get('X-Amz-Expires'));
    if (!(life > 0 && life <= longestLinkSeconds)) return 'AuthorizationQueryParametersError';
    if (age > life * 1000 || age < -skewMs) return 'AccessDenied';
  } else if (Math.abs(age) > skewMs) return 'RequestTimeTooSkewed';

  const signed = claim.signedHeaders.split(';');
  const mustBe = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  if (!['host', ...mustBe].every((name) => signed.includes(name))) return 'AccessDenied';

  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...signed.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    claim.signedHeaders,
    claim.payload,
  ].join('\n');
  const text = [algorithm, claim.date, scope, sha256(canonical)].join('\n');
  const steps = [claim.date.slice(0, 8), key.region, 's3', 'aws4_request'];
  const signingKey = steps.reduce<string | Buffer>((secret, step) => hmac(secret, step), `AWS4${key.secret}`);
  return hmac(signingKey, text).toString('hex') === claim.signature ? null : 'SignatureDoesNotMatch';
}

function claimOfHeader({ headers }: IncomingMessage): Claim | null {
  const form = new RegExp(
    `^${algorithm} Credential=([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})$`,
  );
  const parts = form.exec(headers.authorization ?? '');
  const date = headers['x-amz-date'];
  const payload = headers['x-amz-content-sha256'];
  if (!parts || typeof date !== 'string' || typeof payload !== 'string') return null;
  return { credential: parts[1], signedHeaders: parts[2], signature: parts[3], date, payload };
}

function claimOfQuery({ searchParams }: URL): Claim | null {
  const [credential, signedHeaders, signature, date] = [
    'Credential',
    'SignedHeaders',
    'Signature',
    'Date',
  ].map((name) => searchParams.get(`X-Amz-${name}`));
  if (searchParams.get('X-Amz-Algorithm') !== algorithm) return null;
  if (!credential || !signedHeaders || !signature || !date) return null;
  return { credential, signedHeaders, signature, date, payload: 'UNSIGNED-PAYLOAD' };
}

function canonicalQuery({ searchParams }: URL): string {
  return [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** 20261127T083000Z as milliseconds. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
