import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../support/client.js';
import { slug, startSite, type Site } from '../support/site.js';
import { photo } from '../support/works.js';
import { end, field, file, sayForm, type Said } from './support/wire.ts';

// SECURITY.md: the name a client gives is data: stored as text after NFC and control characters removed, never
// part of a path.

/** Strings that broke other programs lie beside the repository on some machines; no part of it. */
const list = join(import.meta.dirname, '../../../../shared/hostile/blns/blns.json');
const naughty = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : null;

let site: Site;
let entrant: Client;
let url: string;
let base: Buffer;
let sent = 0;

beforeAll(async () => {
  site = await startSite({ worker: false });
  entrant = await site.entrant('张三', '13800000001');
  url = `${site.url}/api/contests/${slug}/submissions`;
  base = await photo();
});
afterAll(() => site.close());

/** A photo that nobody has sent, by an author of its own, in a form written byte by byte. */
function send(title: string, name: string, authorName = '作者'): Promise<Said> {
  sent += 1;
  const author = JSON.stringify({ name: authorName, phone: String(13_900_000_000 + sent) });
  const own = Buffer.concat([base, Buffer.from(String(sent))]);
  return sayForm(url, entrant.cookie, [
    field('category', 'photo'),
    field('title', title),
    field('community', '东湖社区'),
    field('author', author),
    file(own, name),
    end,
  ]);
}

/** No header of HTTP may hold them, and no browser sends them. */
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Taken, too long or blank, or nothing but a separator of folders for a file's name. */
const mayBe = /^(201 |422 (REQUEST\.INVALID|SUBMISSION\.NO_FILE))$/;

const nameOf = ({ body }: Said): string => JSON.parse(body).media[0].name;

/** Nothing that a name contains leaves its trace in the storage: originals under their hash, in two folders. */
function expectOnlyHashes(): void {
  const entries = readdirSync(site.storageDir, { recursive: true }) as string[];
  const other = entries.filter(
    (path) => !/^(incoming|originals(\/[0-9a-f]{2}){0,2}(\/[0-9a-f]{64})?|renditions|work)$/.test(path),
  );
  expect(other).toEqual([]);
}

describe('a file’s name', () => {
  const composed = 'caf\u00e9.jpg';
  it.each([
    ['climbs out of its folder', '../../../../etc/passwd', 'passwd'],
    ['climbs out as Windows writes it', '..\\..\\boot.ini', 'boot.ini'],
    ['is a whole path', '/etc/cron.d/job.jpg', 'job.jpg'],
    ['holds line breaks', 'a%0D%0ASet-Cookie: x=1.jpg', 'a Set-Cookie: x=1.jpg'],
    ['turns the direction of what follows', 'photo\u202egpj.exe', 'photogpj.exe'],
    ['has 300 characters', `${'长'.repeat(300)}.jpg`, '长'.repeat(120)],
    ['is decomposed (NFD)', composed.normalize('NFD'), composed],
    ['is composed (NFC)', composed, composed],
    ['is emoji', '👨‍👩‍👧‍👦🏳️‍🌈.jpg', '👨‍👩‍👧‍👦🏳️‍🌈.jpg'],
    ['is blank', '   ', '未命名'],
    ['is a device of Windows', 'CON', 'CON'],
    ['is a script', '<script>alert(1)<%2Fscript>.jpg', '<script>alert(1)<%2Fscript>.jpg'],
    ['is a formula', '=HYPERLINK(1).jpg', '=HYPERLINK(1).jpg'],
    ['is of broken UTF-8', Buffer.from([0x61, 0xff, 0xfe]).toString('latin1'), expect.any(String)],
  ])('that %s is kept as harmless text', async (_what, name, kept) => {
    const said = await send('晨雾', name);
    expect({ status: said.status, name: nameOf(said) }).toEqual({ status: 201, name: kept });
    expectOnlyHashes();
  });

  // A part that is called nothing but a folder counts as none.
  it.each([
    ['holds a NUL', 'a\0b.jpg', 400, 'REQUEST.MALFORMED'],
    ['is a dot', '.', 422, 'SUBMISSION.NO_FILE'],
    ['is two dots', '..', 422, 'SUBMISSION.NO_FILE'],
    ['ends its own header', 'a.jpg\r\n\r\n', 422, 'SUBMISSION.NO_FILE'],
  ])('that %s is refused', async (_what, name, status, code) => {
    expect(await send('晨雾', name)).toMatchObject({ status, code });
    expectOnlyHashes();
  });

  it('may come in the encoding of RFC 5987', async () => {
    const head = 'Content-Disposition: form-data; name="files"; filename*=UTF-8\'\'%E7%85%A7%E7%89%87.jpg';
    const own = Buffer.concat([base, Buffer.from('5987')]);
    const whole = file(own)
      .toString('latin1')
      .replace(/Content-Disposition: [^\r]+/, head);
    const parts = [field('category', 'photo'), field('title', '晨雾'), field('community', '东湖社区')];
    const said = await sayForm(url, entrant.cookie, [...parts, Buffer.from(whole, 'latin1'), end]);
    expect({ status: said.status, name: nameOf(said) }).toEqual({ status: 201, name: '照片.jpg' });
  });
});

const withList = naughty ? it : it.skip;
withList(
  `naughty strings as title, name of a file and of an author${naughty ? '' : ' (skipped: ../shared/hostile is absent)'}`,
  async () => {
    let taken = 0;
    const attempt = async (text: string) => {
      // In a form, quotes and line breaks of a name are written as browsers write them.
      const name = text.replaceAll('"', '%22').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
      const said = await send(text, name, text);
      const outcome = `${said.status} ${said.code}`;
      expect([text, outcome]).toEqual([
        text,
        expect.stringMatching(control.test(text) ? /^400 REQUEST\.MALFORMED$/ : mayBe),
      ]);
      if (said.status !== 201) return;
      taken += 1;
      const { title, author, media } = JSON.parse(said.body);
      for (const kept of [title, author.name, media[0].name]) {
        expect(kept).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/);
        expect(kept.isWellFormed()).toBe(true);
      }
    };
    for (let at = 0; at < naughty!.length; at += 10) {
      await Promise.all(naughty!.slice(at, at + 10).map(attempt));
    }
    expect(naughty!.length).toBeGreaterThan(400);
    // The others are too long for a title or a person’s name, or blank.
    expect(taken).toBeGreaterThan(200);
    expectOnlyHashes();
  },
);

it('no name breaks an invariant, or a list that shows it', async () => {
  expect(await site.broken()).toEqual([]);
  expect((await entrant.get(`/contests/${slug}/submissions?mine=1`)).status).toBe(200);
  expect((await site.organiser.get(`/contests/${slug}/screening`)).status).toBe(200);
});
