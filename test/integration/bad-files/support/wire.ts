import { connect } from 'node:net';

/** Talks HTTP byte by byte, as no library would: what a stranger may really send. */

export const boundary = 'dingge-boundary';
export const formType = `multipart/form-data; boundary=${boundary}`;

/** One part of a form; `head` is its header lines. */
export function part(head: string, content: string | Buffer = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
}

export const field = (name: string, value: string): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"`, value);

export const file = (content: Buffer, name = 'a.jpg', as = 'files'): Buffer =>
  part(
    `Content-Disposition: form-data; name="${as}"; filename="${name}"\r\nContent-Type: image/jpeg`,
    content,
  );

export const end = Buffer.from(`--${boundary}--\r\n`);

export interface Said {
  /** 0 where the connection ended without an answer. */
  status: number;
  /** The refusal's code; empty where there was none. */
  code: string;
  body: string;
  ms: number;
}

export interface Speech {
  method?: string;
  /** Lines of the head, beside Host and Cookie. */
  headers: string[];
  /** Sent in turn, as fast as the other side reads. */
  body?: Iterable<Buffer>;
  /** The connection stays open when all is said: the other side has to end it. */
  holdOpen?: boolean;
}

/** Sends and waits for an answer, or the connection's end; rejects when neither comes within `withinMs`. */
export function say(url: string, cookie: string, speech: Speech, withinMs = 10_000): Promise<Said> {
  const { hostname, port, pathname, host } = new URL(url);
  const { method = 'POST', headers, body = [], holdOpen = false } = speech;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let heard = '';
    const settle = () => {
      clearTimeout(patience);
      socket.destroy();
      resolve({ ...parse(heard), ms: Math.round(performance.now() - started) });
    };
    const patience = setTimeout(() => {
      socket.destroy();
      reject(new Error(`neither answered nor ended within ${withinMs} ms; heard: ${heard.slice(0, 200)}`));
    }, withinMs);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      heard += text;
      if (isWhole(heard)) settle();
    });
    // A reset is an end like any other.
    socket.on('error', () => undefined);
    socket.on('close', settle);
    const head = [`${method} ${pathname} HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`, ...headers, '', ''];
    socket.write(head.join('\r\n'));
    const chunks = body[Symbol.iterator]();
    const pump = () => {
      for (;;) {
        const { done, value } = chunks.next();
        if (done) return void (holdOpen || socket.end());
        if (!socket.write(value)) return void socket.once('drain', pump);
      }
    };
    pump();
  });
}

/** A form with its true length. */
export function sayForm(url: string, cookie: string, parts: Buffer[], type = formType): Promise<Said> {
  const length = parts.reduce((sum, { length: bytes }) => sum + bytes, 0);
  const headers = [`Content-Type: ${type}`, `Content-Length: ${length}`];
  return say(url, cookie, { headers, body: parts, holdOpen: true });
}

function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /^content-length: (\d+)/im.exec(text)?.[1];
  return length === undefined
    ? /^connection: close/im.test(text)
    : text.length >= headEnd + 4 + Number(length);
}

function parse(text: string): Omit<Said, 'ms'> {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  const body = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1').toString();
  return { status, body, code: /"code":"([A-Z_.]+)"/.exec(body)?.[1] ?? '' };
}
