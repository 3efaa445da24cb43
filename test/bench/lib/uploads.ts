import { randomBytes } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';

/** A multipart body that an upload door takes: a photo by its first bytes, by an author of its own. */
export interface Upload {
  contentType: string;
  /** Of the whole body. */
  bytes: number;
  parts: Buffer[];
}

/** As long as a browser's: the longer it is, the faster a parser skips over what cannot be one. */
const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW1';
/** Start of image and a JFIF header: what the door looks at before it takes a file for a JPEG. */
const jpegHead = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
/** Start of a comment segment that holds 36 bytes more. */
const commentHead = Buffer.from('fffe0026', 'hex');
const noise = new Map<number, Buffer>();
let made = 0;

/** Makes a photo of so many bytes whose content nobody has sent before. Only a few of its bytes are its own. */
export function newUpload(photoBytes: number, community: string): Upload {
  made += 1;
  const author = { name: `作者${made}`, phone: String(13_900_000_000 + made) };
  const fields = { category: 'photo', title: `第${made}张`, community, author: JSON.stringify(author) };
  const form = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${made}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const own = Buffer.concat([jpegHead, commentHead, randomBytes(36)]);
  const parts = [
    Buffer.concat([Buffer.from(form.join('') + file), own]),
    noiseOf(photoBytes - own.length),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ];
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes, parts };
}

/** The same for all photos of a size: the client must not spend the processor that it shares with the server. */
function noiseOf(bytes: number): Buffer {
  const known = noise.get(bytes) ?? randomBytes(bytes);
  noise.set(bytes, known);
  return known;
}

export interface Target {
  url: string;
  cookie: string;
}

/**
 * Sends uploads, so many at a time, each on a connection that is kept.
 * @returns seconds from the first byte to the last answer
 * @throws if one is not answered with 201
 */
export async function sendAll(target: Target, uploads: Upload[], parallel: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: parallel });
  const waiting = [...uploads];
  const start = performance.now();
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await send(target, next, agent);
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return seconds;
}

function send({ url, cookie }: Target, upload: Upload, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'content-type': upload.contentType, 'content-length': upload.bytes };
    const sending = request(url, { method: 'POST', headers, agent }, (response) => {
      readAll(response).then((text) => {
        if (response.statusCode === 201) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}: ${text}`));
      }, reject);
    });
    sending.once('error', reject);
    for (const part of upload.parts) sending.write(part);
    sending.end();
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
  return text;
}
