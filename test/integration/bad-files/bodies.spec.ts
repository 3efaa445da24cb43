import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Client } from '../support/client.js';
import { startHouse, type House } from '../support/house.js';
import { photo, until } from '../support/works.js';
import { boundary, end, field, file, formType, part, say, sayForm, type Said } from './support/wire.ts';

// SECURITY.md: limits on every multipart interceptor [CVE-2026-82333: one small request froze a process for 130 s].

let house: House;
let entrant: Client;
let url: string;
let jpeg: Buffer;
let memoryBefore: number;

beforeAll(async () => {
  house = await startHouse();
  entrant = await house.entrant('张三', '13800000001');
  url = `${house.server.url}/api/contests/tianyuan-2019/submissions`;
  jpeg = await photo();
  memoryBefore = peakMB();
});
afterAll(() => house.close());

/** The most that the server ever held. */
const peakMB = (): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${house.server.pid}/status`, 'latin1'))?.[1]) / 1000;

/** Milliseconds within which a body that breaks the rules is answered, or its connection ended. Beyond is a hang. */
const answerMs = 15_000;

const category = () => field('category', 'photo');
const words = () => [category(), field('title', '晨雾'), field('community', '东湖社区')];

const rows = async (): Promise<number> =>
  (await house.dataSource.query<[{ count: number }]>('SELECT count(*)::int FROM submissions'))[0].count;

/** No row, no file, no harm. */
afterEach(async () => {
  expect(await rows()).toBe(0);
  // What had arrived goes a moment after the answer.
  await until(
    () => Promise.resolve(house.stored('incoming')),
    ({ length }) => length === 0,
    2_000,
  );
  const asked = performance.now();
  expect((await fetch(`${house.server.url}/api/health/ready`)).status).toBe(200);
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(house.server.running()).toBe(true);
  // The largest body here has 60 MB.
  if (process.platform === 'linux') expect(peakMB() - memoryBefore).toBeLessThan(150);
});

function expectRefusal(said: Said, status: number, code: string): void {
  expect({ status: said.status, code: said.code }).toEqual({ status, code });
  expect(said.ms).toBeLessThan(answerMs);
}

/** A 4xx, or the connection's end: Node itself answers what is no HTTP. */
function expectEnd(said: Said): void {
  if (said.status !== 0) expect(Math.floor(said.status / 100)).toBe(4);
  expect(said.ms).toBeLessThan(answerMs);
}

describe('a form', () => {
  const malformed = (parts: () => Buffer[], type = formType) =>
    [400, 'REQUEST.MALFORMED', parts, type] as const;
  const manyFields = (count: number, name: (index: number) => string) => () => [
    category(),
    Buffer.concat(Array.from({ length: count }, (_, index) => field(name(index), ''))),
    end,
  ];

  it.each([
    ['of a million fields', ...malformed(manyFields(1_000_000, () => 'a'))],
    ['of a million fields of different names', ...malformed(manyFields(1_000_000, (index) => `a${index}`))],
    [
      'of 1,000 files',
      ...malformed(() => [category(), ...Array.from({ length: 1000 }, () => file(jpeg)), end]),
    ],
    [
      'with 10,000 brackets in a name',
      ...malformed(() => [category(), field('a' + '[b]'.repeat(10_000), ''), end]),
    ],
    [
      'with an index of 4,294,967,294',
      ...malformed(() => [category(), field('items[4294967294]', ''), field('items[a]', ''), end]),
    ],
    [
      'that reaches for a prototype',
      422,
      'REQUEST.INVALID',
      () => [category(), field('__proto__[polluted]', 'yes'), end],
      formType,
    ],
    [
      'with a field of a megabyte',
      ...malformed(() => [category(), field('title', 'A'.repeat(1_000_000)), end]),
    ],
    [
      'with a header of 100 kB',
      ...malformed(() => [
        part(`X-A: ${'A'.repeat(100_000)}\r\nContent-Disposition: form-data; name="category"`, 'photo'),
        end,
      ]),
    ],
    [
      'with 10,000 headers in a part',
      ...malformed(() => [
        part(
          'X-A: a\r\n'.repeat(10_000) + 'Content-Disposition: form-data; name="files"; filename="a.jpg"',
          jpeg,
        ),
        end,
      ]),
    ],
    ['without its last boundary', ...malformed(() => [...words(), file(jpeg)])],
    ['that ends in the middle of a file', ...malformed(() => [...words(), file(jpeg).subarray(0, 600)])],
    [
      'that ends in the middle of a boundary',
      ...malformed(() => [...words(), file(jpeg), end.subarray(0, 9)]),
    ],
    ['with a file under another name', ...malformed(() => [...words(), file(jpeg, 'a.jpg', 'upload'), end])],
    [
      'without a boundary in its type',
      ...malformed(() => [...words(), file(jpeg), end], 'multipart/form-data'),
    ],
    [
      'with an empty boundary',
      400,
      'SUBMISSION.CATEGORY_FIRST',
      () => [...words(), file(jpeg), end],
      'multipart/form-data; boundary=',
    ],
    [
      'with another boundary than its type says',
      ...malformed(() => [...words(), file(jpeg), end], 'multipart/form-data; boundary=other'),
    ],
    ['of nothing', ...malformed(() => [])],
    ['that says it is JSON', ...malformed(() => [Buffer.from('{"category":"photo"}')], 'application/json')],
    ['that says it is text', ...malformed(() => [...words(), file(jpeg), end], 'text/plain')],
    [
      'without category',
      400,
      'SUBMISSION.CATEGORY_FIRST',
      () => [field('title', '晨雾'), file(jpeg), end],
      formType,
    ],
    [
      'with its category behind the file',
      400,
      'SUBMISSION.CATEGORY_FIRST',
      () => [field('title', '晨雾'), file(jpeg), category(), end],
      formType,
    ],
    [
      'with two files, which are neither one photo nor a series',
      422,
      'SUBMISSION.SERIES_SIZE',
      () => [...words(), file(jpeg), file(Buffer.concat([jpeg, jpeg])), end],
      formType,
    ],
    [
      'with a file that is a field',
      422,
      'SUBMISSION.NO_FILE',
      () => [...words(), field('files', 'not a file'), end],
      formType,
    ],
    [
      'with bytes before its first boundary only',
      400,
      'REQUEST.MALFORMED',
      () => [Buffer.alloc(1_000_000, 0x0a)],
      formType,
    ],
    [
      'with a boundary of a thousand letters',
      400,
      'SUBMISSION.CATEGORY_FIRST',
      () => [Buffer.from(`--${'b'.repeat(1000)}--\r\n`)],
      `multipart/form-data; boundary=${'b'.repeat(1000)}`,
    ],
  ] as const)('%s is refused', async (_name, status, code, parts, type) => {
    expectRefusal(await sayForm(url, entrant.cookie, parts(), type), status, code);
  });
});

describe('a length', () => {
  const typed = `Content-Type: ${formType}`;
  const body = () => Buffer.concat([...words(), file(jpeg), end]);

  it('that is longer than what comes leaves nothing behind when the sender hangs up', async () => {
    const whole = body();
    const said = await say(url, entrant.cookie, {
      headers: [typed, `Content-Length: ${whole.length + 5000}`],
      body: [whole.subarray(0, -end.length)],
    });
    expectEnd(said);
  });

  it('that is shorter than what comes cuts the form off', async () => {
    const whole = body();
    const said = await say(url, entrant.cookie, {
      headers: [typed, `Content-Length: ${whole.length - 400}`],
      body: [whole],
      holdOpen: true,
    });
    expectEnd(said);
  });

  it.each([
    ['is missing', []],
    ['is negative', ['Content-Length: -1']],
    ['is a word', ['Content-Length: many']],
    ['is said twice, differently', ['Content-Length: 10', 'Content-Length: 2000']],
    ['stands beside chunks', ['Content-Length: 10', 'Transfer-Encoding: chunked']],
    ['is left to chunks', ['Transfer-Encoding: chunked']],
    ['is beyond every file', ['Content-Length: 99999999999']],
    ['is beyond every number', [`Content-Length: ${'9'.repeat(400)}`]],
  ])('that %s is refused before the body is read', async (_name, lines) => {
    expectEnd(await say(url, entrant.cookie, { headers: [typed, ...lines], holdOpen: true }));
  });
});

describe('a head', () => {
  it('of 100 kB is refused', async () => {
    const said = await say(url, entrant.cookie, { headers: [`X-A: ${'A'.repeat(100_000)}`], holdOpen: true });
    expectRefusal(said, 431, '');
  });

  it('of 10,000 lines is refused', async () => {
    expectEnd(
      await say(url, entrant.cookie, { headers: Array<string>(10_000).fill('X-A: a'), holdOpen: true }),
    );
  });
});

it('two hundred who send a byte now and then hold nobody up', async () => {
  const { hostname, port, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${entrant.cookie}\r\n`;
  const upload = `Content-Type: ${formType}\r\nContent-Length: 100000\r\n\r\n--${boundary}\r\nX-`;
  // Half of them never end their head, half never send their file. How long they may is pace.spec.ts.
  const sockets = Array.from({ length: 200 }, (_, index) =>
    connect(Number(port), hostname)
      .on('error', () => undefined)
      .setNoDelay(true)
      .on('connect', function (this: Socket) {
        this.write(index % 2 ? head : head + upload);
      }),
  );
  const drip = setInterval(() => sockets.forEach((socket) => socket.write('A')), 200);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const asked = performance.now();
  expect((await entrant.get('/session')).status).toBe(200);
  expect(performance.now() - asked).toBeLessThan(1000);
  clearInterval(drip);
  sockets.forEach((socket) => socket.destroy());
});
