import { randomBytes } from 'node:crypto';
import { request as send } from 'node:http';
import type { Answer, Client } from './client.js';
import { slug } from './site.js';

/** What a test sends of tus by hand; the real client is tus-js-client. */
export const append = 'application/offset+octet-stream';

const base64 = (text: string) => Buffer.from(text).toString('base64');

export interface Announcement {
  submission: string;
  bytes: number;
  filename?: string;
  mark?: string;
  lastModified?: string;
}

export function metadataOf({
  submission,
  filename = '家门口.jpg',
  mark,
  lastModified,
}: Announcement): string {
  return Object.entries({ submission, filename, mark, lastModified })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${base64(value!)}`)
    .join(',');
}

export function announce(client: Client, given: Announcement): Promise<Answer> {
  return client.send('POST', '/uploads', undefined, {
    'Tus-Resumable': '1.0.0',
    'Upload-Length': String(given.bytes),
    'Upload-Metadata': metadataOf(given),
  });
}

/** Announces, and gives the path of what is then under way. */
export async function begin(client: Client, given: Announcement): Promise<string> {
  const { status, headers, body } = await announce(client, given);
  if (status !== 201) throw new Error(`not begun: ${status} ${JSON.stringify(body)}`);
  return headers.get('location')!.replace(/^\/api/, '');
}

export function patch(client: Client, path: string, offset: number, bytes: Uint8Array): Promise<Answer> {
  return client.send('PATCH', path, new Blob([new Uint8Array(bytes)]), {
    'Tus-Resumable': '1.0.0',
    'Upload-Offset': String(offset),
    'Content-Type': append,
  });
}

/** Status and offset; −1 where none is said. */
export async function look(client: Client, path: string): Promise<{ status: number; offset: number }> {
  const { status, headers } = await client.send('HEAD', path);
  return { status, offset: Number(headers.get('upload-offset') ?? -1) };
}

/** A PATCH (or what `other` says) that announces more than it sends, so that it stays under way until it is cut off or answered. */
export interface OpenPatch {
  write(bytes: Uint8Array): Promise<void>;
  /** As a phone that loses its network, or a page that is closed. */
  cut(): void;
  answered: Promise<Pick<Answer, 'status' | 'body'>>;
}

export function openPatch(
  client: Client,
  path: string,
  offset: number,
  length: number,
  { method = 'PATCH', ...other }: Record<string, string> = {},
): OpenPatch {
  const outgoing = send(client.url + path, {
    method,
    headers: {
      cookie: client.cookie,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': offset,
      'Content-Type': append,
      'Content-Length': length,
      ...other,
    },
  });
  const answered = new Promise<Pick<Answer, 'status' | 'body'>>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode!, body: text && JSON.parse(text) }));
      response.on('error', reject);
    });
  });
  answered.catch(() => undefined);
  outgoing.flushHeaders();
  return {
    write: (bytes) => new Promise((resolve) => outgoing.write(bytes, () => resolve())),
    cut: () => outgoing.destroy(),
    answered,
  };
}

/** A draft that is complete but for its files. */
export async function draft(client: Client, fields: Record<string, string> = {}): Promise<string> {
  const form = new FormData();
  const given = { category: 'photo', title: '晨雾', community: '东湖社区', draft: 'true', ...fields };
  for (const [name, value] of Object.entries(given)) form.append(name, value);
  const { status, body } = await client.post(`/contests/${slug}/submissions`, form);
  if (status !== 201) throw new Error(`no draft: ${status} ${JSON.stringify(body)}`);
  return body.id;
}

/** Start of image and a JFIF header, then bytes that nobody has sent before: what a door takes for a photo. */
export function likePhoto(bytes: number): Buffer {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  return Buffer.concat([head, randomBytes(Math.max(0, bytes - head.length))]);
}

export async function uploadsOf(client: Client, submission: string): Promise<Answer['body']> {
  return (await client.get(`/submissions/${submission}/uploads`)).body.items;
}
