import type { Site } from './site.js';

/** What a mail says: its text part decoded, and its headers unfolded. */
export function read(raw: string) {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const header = (name: string) =>
    headers.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `));
  const part = /Content-Type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/.exec(body.join('\r\n\r\n'))?.[1] ?? '';
  const decoded = /base64/i.test(body[0] ?? '')
    ? Buffer.from(part, 'base64').toString('utf8')
    : Buffer.from(
        part
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString('utf8');
  return { headers, header, text: decoded };
}

/** RFC 2047 words of a header. */
export const words = (line: string) =>
  line
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, encoded: string) =>
      Buffer.from(encoded, 'base64').toString('utf8'),
    )
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, encoded: string) =>
      Buffer.from(
        encoded
          .replace(/_/g, ' ')
          .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString('utf8'),
    );

export const rows = (site: Site, where = 'true', params: unknown[] = []) =>
  site.dataSource.query(`SELECT * FROM mails WHERE ${where} ORDER BY created_at`, params);

/** The token of the link in a mail that has one. */
export const link = (raw: string) => /confirm-email\/([\w-]+)/.exec(read(raw).text)?.[1];
