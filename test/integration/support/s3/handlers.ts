import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Objects } from './objects.ts';

/** A request as it is understood. */
export interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  objects: Objects;
  bucket: string;
  /** Empty where the bucket itself is meant. */
  key: string;
  query: URLSearchParams;
  /** What happens to a body on its way in, and to one on its way out. */
  alterIn(chunk: Buffer): Buffer;
  alterOut(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
  /** So many keys a listing. */
  page: number;
}

export async function answer(asked: Asked): Promise<void> {
  const { request, objects, bucket, key, query } = asked;
  if (!key && request.method === 'PUT') {
    await objects.makeBucket(bucket);
    return send(asked, 200);
  }
  if (!(await objects.hasBucket(bucket))) return refuse(asked, 404, 'NoSuchBucket');
  switch (`${request.method} ${key ? 'object' : 'bucket'}`) {
    case 'HEAD bucket':
      return send(asked, 200);
    case 'GET bucket':
      return query.has('uploads') ? listUploads(asked) : list(asked);
    case 'PUT object':
      return put(asked);
    case 'POST object':
      return query.has('uploads') ? begin(asked) : complete(asked);
    case 'GET object':
    case 'HEAD object':
      return get(asked);
    case 'DELETE object':
      return remove(asked);
    default:
      return refuse(asked, 501, 'NotImplemented');
  }
}

export function refuse(
  { request, response }: Pick<Asked, 'request' | 'response'>,
  status: number,
  code: string,
) {
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : xml('Error', element('Code', code)));
}

function send({ response }: Asked, status: number, body?: string): void {
  if (body !== undefined) response.setHeader('Content-Type', 'application/xml');
  response.writeHead(status).end(body);
}

/** An object or a part: taken when its bytes are those that were signed, and not at all otherwise. */
async function put(asked: Asked): Promise<void> {
  const { request, response, objects, bucket, key, query } = asked;
  const upload = query.has('uploadId') ? objects.uploads.get(query.get('uploadId')!) : null;
  if (upload === undefined) return refuse(asked, 404, 'NoSuchUpload');
  const arrived = await objects.receive(request, (chunk) => asked.alterIn(chunk));
  if (arrived.sha256 !== request.headers['x-amz-content-sha256']) {
    await rm(arrived.file);
    return refuse(asked, 400, 'XAmzContentSHA256Mismatch');
  }
  if (upload) upload.parts.set(Number(query.get('partNumber')), arrived);
  else await objects.put(bucket, key, arrived.file);
  response.setHeader('ETag', arrived.etag);
  return send(asked, 200);
}

function begin(asked: Asked): void {
  const id = asked.objects.begin(asked.key);
  send(asked, 200, xml('InitiateMultipartUploadResult', element('UploadId', id)));
}

async function complete(asked: Asked): Promise<void> {
  const { request, objects, bucket, query } = asked;
  const parts = [...(await text(request)).matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part]) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: (/<ETag>(.*?)</.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
  }));
  const done = await objects.complete(bucket, query.get('uploadId') ?? '', parts);
  if (!done) return refuse(asked, 400, 'InvalidPart');
  send(asked, 200, xml('CompleteMultipartUploadResult', element('ETag', '"whole-1"')));
}

async function get(asked: Asked): Promise<void> {
  const { request, response, objects, bucket, key, query } = asked;
  const file = objects.fileOf(bucket, key);
  const found = await stat(file).catch(() => null);
  if (!found) return refuse(asked, 404, 'NoSuchKey');
  const range = rangeOf(request.headers.range, found.size);
  if (range === 'unsatisfiable') return refuse(asked, 416, 'InvalidRange');
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  response.writeHead(range ? 206 : 200, {
    'Accept-Ranges': 'bytes',
    'Content-Length': end - start + 1,
    'Content-Type': query.get('response-content-type') ?? 'binary/octet-stream',
    'Last-Modified': found.mtime.toUTCString(),
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${found.size}` } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  await pipeline(createReadStream(file, { start, end }), (chunks) => asked.alterOut(chunks), response);
}

function rangeOf(header: string | undefined, size: number) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!from && !to) return null;
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  return start >= size || start > end ? 'unsatisfiable' : { start, end };
}

async function remove(asked: Asked): Promise<void> {
  const { objects, bucket, key, query } = asked;
  if (!query.has('uploadId')) await rm(objects.fileOf(bucket, key), { force: true });
  else if (!(await objects.abort(query.get('uploadId')!))) return refuse(asked, 404, 'NoSuchUpload');
  send(asked, 204);
}

async function list(asked: Asked): Promise<void> {
  const { objects, bucket, query, page } = asked;
  const after = query.get('continuation-token') ?? '';
  const keys = (await objects.keys(bucket, query.get('prefix') ?? '')).filter((key) => key > after);
  const shown = keys.slice(0, page);
  const contents = await Promise.all(
    shown.map(async (key) => {
      const { size, mtime } = await stat(objects.fileOf(bucket, key));
      const fields =
        element('Key', key) + element('Size', size) + element('LastModified', mtime.toISOString());
      return `<Contents>${fields}</Contents>`;
    }),
  );
  const more = keys.length > shown.length;
  const next = more ? element('NextContinuationToken', shown.at(-1)!) : '';
  send(asked, 200, xml('ListBucketResult', element('IsTruncated', String(more)) + next + contents.join('')));
}

function listUploads(asked: Asked): void {
  const prefix = asked.query.get('prefix') ?? '';
  const uploads = [...asked.objects.uploads].filter(([, { key }]) => key.startsWith(prefix));
  const shown = uploads.map(([id, { key, begun }]) => {
    const fields = element('Key', key) + element('UploadId', id) + element('Initiated', begun.toISOString());
    return `<Upload>${fields}</Upload>`;
  });
  send(asked, 200, xml('ListMultipartUploadsResult', shown.join('')));
}

function xml(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${root}>${content}</${root}>`;
}

function element(name: string, value: string | number): string {
  const escaped = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<${name}>${escaped}</${name}>`;
}
