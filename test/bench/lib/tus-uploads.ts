import { randomBytes } from 'node:crypto';
import { Agent, request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';

/** Where uploads are announced, and by whom. */
export interface TusTarget {
  url: string;
  cookie: string;
  /** A work for each upload; none where the server knows of none. */
  submissions: string[];
}

/** Enough to be taken for a video: a file type box, and a box of bytes that nobody has sent before. */
const ftyp = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1');
const freeHead = Buffer.from('\0\0\0\x28free', 'latin1');
let noise = Buffer.alloc(0);

/** The parts of a body from `from` to `to`: only its beginning is its own, the client has better things to do. */
function piece(own: Buffer, from: number, to: number): Buffer[] {
  if (from >= own.length) return [noise.subarray(from, to)];
  return [own.subarray(from, Math.min(to, own.length)), noise.subarray(own.length, Math.max(own.length, to))];
}

/**
 * Sends so many uploads at once, each in pieces of `chunkBytes`.
 * @returns seconds from the first byte to the last answer
 */
export async function sendAtOnce(
  target: TusTarget,
  { count, bytes, chunkBytes }: { count: number; bytes: number; chunkBytes: number },
): Promise<number> {
  if (noise.length !== bytes) noise = randomBytes(bytes);
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const start = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, index) => send(target, index, { bytes, chunkBytes, agent })),
  );
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return seconds;
}

async function send(
  { url, cookie, submissions }: TusTarget,
  index: number,
  { bytes, chunkBytes, agent }: { bytes: number; chunkBytes: number; agent: Agent },
): Promise<void> {
  const metadata = { submission: submissions[index] ?? 'none', filename: `${index}.mp4` };
  const created = await ask(url, agent, [], 201, 'POST', {
    cookie,
    'Upload-Length': bytes,
    'Upload-Metadata': Object.entries(metadata)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(','),
  });
  const location = new URL(created.headers.location!, url).href;
  const own = Buffer.concat([ftyp, freeHead, randomBytes(32)]);
  for (let offset = 0; offset < bytes; offset += chunkBytes) {
    const end = Math.min(bytes, offset + chunkBytes);
    await ask(location, agent, piece(own, offset, end), 204, 'PATCH', {
      cookie,
      'Upload-Offset': offset,
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': end - offset,
    });
  }
}

function ask(
  url: string,
  agent: Agent,
  parts: Buffer[],
  expected: number,
  method: string,
  headers: OutgoingHttpHeaders,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const all = { 'Tus-Resumable': '1.0.0', ...headers };
    const asking = request(url, { method, agent, headers: all }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => {
        if (response.statusCode === expected) resolve(response);
        else reject(new Error(`${method} ${url} answered ${response.statusCode}: ${text}`));
      });
    });
    asking.once('error', reject);
    for (const part of parts) asking.write(part);
    asking.end();
  });
}
