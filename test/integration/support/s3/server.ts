import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answer, refuse } from './handlers.ts';
import { Objects } from './objects.ts';
import { refusalOf, type S3Key } from './signature.ts';

/** What can be wrong with a store. */
export type S3Fault =
  /** It takes no request. */
  | 'away'
  /** It drops the next object that is sent to it, and is well again. */
  | 'hiccup'
  /** It has no room, and says so as MinIO does. */
  | 'full'
  /** A byte of what is sent to it changes on the way. */
  | 'altering'
  /** A byte of what it sends changes on the way. */
  | 'damaging'
  /** What it sends ends in the middle. */
  | 'cutting';

/** An S3-compatible store of the test's own, empty, without a bucket. */
export interface TestS3 {
  /** What makes a server use it. The bucket is the server's to make. */
  env: Record<string, string>;
  endpoint: string;
  objects: Objects;
  fault: S3Fault | null;
  /** How many keys a listing holds. */
  page: number;
  /** Requests since it started, as `PUT /bucket/key`. */
  requests: string[];
  close(): Promise<void>;
}

export const bucket = 'dingge';
export const prefix = 'media/';
export const testKey: S3Key = { id: 'test-key', secret: 'a secret of the tests', region: 'eu-test-1' };

/**
 * As much of S3 as our client needs, on loopback. Nothing is answered that isn't signed with the key, and no body
 * is taken that isn't the one that was signed; docs/decisions/0006 tells why none of the registry's servers is it.
 */
export async function startS3({ query = '', key = testKey } = {}): Promise<TestS3> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-s3-'));
  const server = createServer((request, response) => {
    store.requests.push(`${request.method} ${request.url}`);
    take(request, response, store, key).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store: TestS3 = {
    env: {
      STORAGE_URL: `s3://${bucket}/${prefix}?endpoint=${endpoint}&region=${key.region}${query}`,
      S3_ACCESS_KEY_ID: key.id,
      S3_SECRET_ACCESS_KEY: key.secret,
    },
    endpoint,
    objects: new Objects(folder),
    fault: null,
    page: 1000,
    requests: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return store;
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  store: TestS3,
  key: S3Key,
): Promise<void> {
  const { fault, objects, page } = store;
  if (fault === 'away') return void request.socket.destroy();
  if (fault === 'hiccup' && request.method === 'PUT') {
    store.fault = null;
    return void request.socket.destroy();
  }
  const code = refusalOf(request, key);
  if (code) return refuse({ request, response }, 403, code);
  if (fault === 'full' && /^(PUT|POST)$/.test(request.method ?? '')) {
    return refuse({ request, response }, 507, 'XMinioStorageFull');
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store');
  const [, name = '', ...rest] = decodeURIComponent(pathname).split('/');
  await answer({
    request,
    response,
    objects,
    bucket: name,
    key: rest.join('/'),
    query: searchParams,
    page,
    alterIn: (chunk) => (fault === 'altering' ? flipped(chunk) : chunk),
    async *alterOut(chunks) {
      for await (const chunk of chunks) {
        if (fault === 'cutting') {
          yield chunk.subarray(0, chunk.length >> 1);
          throw new Error('cut off');
        }
        yield fault === 'damaging' ? flipped(chunk) : chunk;
      }
    },
  });
}

function flipped(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  copy[copy.length >> 1] ^= 1;
  return copy;
}
