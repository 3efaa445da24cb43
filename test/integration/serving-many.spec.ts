import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchMemory } from '../bench/lib/memory.js';
import { Client } from './support/client.js';
import { startApi, type ApiProcess } from './support/server-process.js';
import { startSite, type Site } from './support/site.js';
import { originalOf } from './support/stored.js';
import { send } from './support/works.js';

// Fifty slow phones and one large file, served by a process of its own, so that its memory is only its own.
const phones = 50;
const bytes = 200_000_000;
/** While they connect, their sockets are filled: what passes through leaves that much for the collector. */
const firstGrowth = 250_000_000;
/** Then nothing more is held, however long they read: of their fifty files, 10 GB. */
const laterGrowth = 40_000_000;

let site: Site;
let api: ApiProcess;
let link: string;
let cookie: string;

beforeAll(async () => {
  site = await startSite({ worker: false });
  const secret = () => randomBytes(48).toString('base64');
  api = await startApi({ ...site.env, ROLE: 'api', SESSION_SECRET: secret(), DATA_KEY: secret() });
  const owner = await site.entrant('张三', '13800000001');
  ({ cookie } = owner);
  const { body } = await send(owner);
  site.stored.resize(originalOf(body.media[0]), bytes);
  await site.dataSource.query('UPDATE media SET bytes = $1', [bytes]);
  const there = new Client(`${api.url}/api`);
  there.cookie = cookie;
  link = api.url + (await there.get(`/submissions/${body.id}`)).body.media[0].links.original;
});
afterAll(async () => {
  await api.stop();
  await site.close();
});

it('streams, and holds next to nothing of what it streams', async () => {
  const [readers, first] = await watchMemory(api.pid, async () => {
    const opened = await Promise.all(Array.from({ length: phones }, openSlowly));
    await readTimes(10, opened);
    return opened;
  });
  const [, later] = await watchMemory(api.pid, () => readTimes(60, readers));
  const asked = Date.now();
  expect((await fetch(`${api.url}/api/health/live`)).status).toBe(200);
  expect(Date.now() - asked).toBeLessThan(10_000);
  for (const reader of readers) {
    expect(reader.broken()).toBe(false);
    expect(reader.received()).toBeGreaterThan(1_000_000);
    reader.leave();
  }
  // Other systems have no /proc to look at.
  if (process.platform !== 'linux') return;
  expect(first!.peak - first!.start).toBeLessThan(firstGrowth);
  expect(later!.peak - later!.start).toBeLessThan(laterGrowth);
});

async function readTimes(times: number, readers: { read(): void }[]): Promise<void> {
  for (let time = 0; time < times; time++) {
    for (const reader of readers) reader.read();
    await sleep(100);
  }
}

/** A phone that takes at most 64 kB at a time. */
async function openSlowly() {
  const asking: ClientRequest = request(link, { headers: { cookie }, agent: false });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve).once('error', reject).end();
  });
  expect([answer.statusCode, answer.headers['content-length']]).toEqual([200, String(bytes)]);
  let received = 0;
  let broken = false;
  answer.on('error', () => (broken = true)).pause();
  return {
    read() {
      const chunk = (answer.read(65_536) ?? answer.read()) as Buffer | null;
      received += chunk?.length ?? 0;
    },
    received: () => received,
    broken: () => broken,
    leave: () => asking.destroy(),
  };
}
