import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import sharp from 'sharp';
import { verify } from '../../../src/cli/verify/verify.js';
import { Client } from '../support/client.js';
import { openEvents } from '../support/event-stream.js';
import { findRedis, noRedis, startRedis, type TestRedis } from '../support/redis.js';
import { begin, draft, patch, uploadsOf } from '../support/tus.js';
import { photo, send, settled, until } from '../support/works.js';
import { read, readCompose } from './compose-file.js';
import { deploy, exampleEnv, type Deployment } from './deployment.js';
import { caddy, startProxy } from './proxy.js';

const contest = '/contests/tianyuan-2019';
const source = findRedis();
const { services } = readCompose(exampleEnv());

let redis: TestRedis | null = null;
let deployment: Deployment;
/** One person's session, made at the first api, used at both. */
let first: Client;
let second: Client;

const queue = source ? 'Redis as it starts it' : 'the queue on PostgreSQL';

describe(`the processes of docker-compose.yml, with ${queue}`, () => {
  beforeAll(async () => {
    if (source) redis = await startRedis(source, services.redis.command!.slice(1));
    deployment = await deploy(redis);
    const [one, other] = deployment.apis;
    first = new Client(`${one.url}/api`);
    second = new Client(`${other.url}/api`);
  });
  afterAll(async () => {
    await deployment.close();
    await redis?.close();
  });

  it('start at once on an empty database: one migrates, one loads the contest and prints the password', async () => {
    expect([deployment.apis.length, deployment.workers.length]).toEqual([2, 2]);
    const passwords = deployment.apis.filter(({ output }) => output().includes('one-time password'));
    expect(passwords).toHaveLength(1);
    const { body } = await first.get('/contests');
    expect(body.items).toHaveLength(1);
  });

  it('share sessions', async () => {
    const person = { name: '张三', phone: '13800000001', password: 'password of theirs' };
    expect((await first.post('/accounts', person)).status).toBe(201);
    // Behind https the cookie is bound to the host.
    expect(first.cookie).toMatch(/^__Host-/);
    second.cookie = first.cookie;
    const { body } = await second.get('/session');
    expect(body.account).toMatchObject({ name: '张三', phone: '13800000001' });
  });

  it('carry a photo from one api through a worker to the other, which hears of it and serves it', async () => {
    const events = await openEvents(`${second.url}${contest}/events`, second.cookie);
    try {
      expect(events.status).toBe(200);
      const content = await photo();
      const { status, body: sent } = await send(first, { files: [{ content, name: '门口.jpg' }] });
      expect(status).toBe(201);
      const looks = () => Promise.resolve(events.events.filter(({ type }) => type === 'look'));
      const [look] = await until(looks, ({ length }) => length > 0);
      expect(JSON.parse(look.data)).toEqual({ submission: sent.id });
      const { body: seen } = await settled(second, sent.id);
      expect(seen.media[0]).toMatchObject({ status: 'ready', width: 640, height: 480 });

      const origin = new Client(deployment.apis[1].url);
      origin.cookie = second.cookie;
      for (const name of ['small', 'thumb', 'preview']) {
        const { status: served, body } = await origin.get(seen.media[0].links[name]);
        expect(served).toBe(200);
        expect((await sharp(body).metadata()).width).toBeGreaterThan(0);
      }
      const original = await origin.get(seen.media[0].links.original);
      expect(original.body.equals(content)).toBe(true);
    } finally {
      events.close();
    }
  });

  it('take an upload in turns, piece by piece', async () => {
    const content = await photo();
    const submission = await draft(first);
    const path = await begin(second, { submission, bytes: content.length });
    for (const [offset, to, client] of [
      [0, 500, first],
      [500, 1000, second],
      [1000, content.length, first],
    ] as const) {
      expect((await patch(client, path, offset, content.subarray(offset, to))).status).toBe(204);
    }
    expect(await uploadsOf(second, submission)).toMatchObject([{ state: 'attached' }]);
    expect((await settled(second, submission)).body.media).toMatchObject([{ status: 'ready' }]);
  });

  it('take no work that is too large for the proxy', async () => {
    const { body } = await first.get(contest);
    const sizes = body.categories.map(
      ({ limits }: { limits: { maxBytes: number; maxFiles: number } }) => limits.maxBytes * limits.maxFiles,
    );
    const [, megabytes] = /max_size (\d+)MB/.exec(read('deploy/Caddyfile'))!;
    const proxyLimit = Number(megabytes) * 1e6;
    // Beside its files a form may hold a megabyte.
    expect(proxyLimit).toBeGreaterThan(Math.max(...sizes) + 1_000_000);
    expect(proxyLimit).toBeLessThan(Math.max(...sizes) * 1.1);
  });

  it('lose no file when a worker is killed in the middle of its work', async () => {
    await stopWorkers();
    const series = await Promise.all(Array.from({ length: 3 }, (_, index) => sendSeries(index)));
    await deployment.startWorkers();
    const workFolders = () => deployment.spools().map((spool) => path.join(spool, 'work'));
    const atWork = () =>
      Promise.resolve(
        workFolders()
          .filter(existsSync)
          .flatMap((work) => readdirSync(work)),
      );
    await until(atWork, ({ length }) => length > 0);
    await deployment.workers.shift()!.kill();
    expect(await pending()).toBeGreaterThan(0);

    // SECURITY.md: rerun within 20 s, one set of renditions; the rest is a busy machine's.
    for (const id of series) {
      const { body } = await settledWithin(id, 40_000);
      expect(body.media.map(({ status }: { status: string }) => status)).toEqual(Array(8).fill('ready'));
    }
    expect(await broken()).toEqual([]);
  });

  const withRedis = source ? it : it.skip;
  withRedis(`hand out again what Redis lost${source ? '' : ` (${noRedis})`}`, async () => {
    await stopWorkers();
    const id = await sendSeries(3);
    const jobs = await redis!.client.keys('bull:dingge-media.process:media-*');
    expect(jobs).toHaveLength(8);
    await redis!.flush();
    expect(await redis!.client.dbsize()).toBe(0);

    await deployment.startWorkers();
    const { body } = await settledWithin(id, 50_000);
    expect(body.media.map(({ status }: { status: string }) => status)).toEqual(Array(8).fill('ready'));
    const swept = deployment.workers.map(({ output }) => output()).join('');
    expect(swept).toMatch(/handed out \d+ pending files again/);
    expect(await broken()).toEqual([]);
  });

  const withOwnRedis = source && 'program' in source ? it : it.skip;
  withOwnRedis(
    'keep jobs in an append-only file, in a Redis started with the flags of the file',
    async () => {
      const setting = async (name: string) => (await redis!.client.config('GET', name)) as string[];
      expect(await setting('appendonly')).toEqual(['appendonly', 'yes']);
      expect(await setting('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    },
  );

  const withProxy = caddy ? it : it.skip;
  withProxy(`answer through the proxy${caddy ? '' : ' (skipped: no caddy on the PATH)'}`, async () => {
    const proxy = await startProxy(
      caddy!,
      deployment.apis.map(({ url }) => url),
    );
    const person = new Client(`${proxy.url}/api`);
    person.cookie = first.cookie;
    const events = await openEvents(`${person.url}${contest}/events`, person.cookie);
    try {
      const { status, body: sent } = await send(person, { title: '经过代理' });
      expect(status).toBe(201);
      const looks = () => Promise.resolve(events.events.filter(({ type }) => type === 'look'));
      await until(looks, (heard) => heard.some(({ data }) => data.includes(sent.id)));
      expect((await settled(person, sent.id)).body.media[0].status).toBe('ready');
      // It need not arrive to be refused.
      expect(await announce(`${person.url}${contest}/submissions`, person.cookie, 511_000_000)).toBe(413);

      // One that stops leaves its requests to the other.
      expect(await deployment.apis.shift()!.stop()).toEqual({ code: 0, signal: null });
      for (let n = 0; n < 4; n++) expect((await person.get('/session')).body.account.name).toBe('张三');
    } finally {
      events.close();
      await proxy.close();
    }
  });

  it('stop cleanly when they are told to, also while a page listens', async () => {
    const events = await openEvents(`${second.url}${contest}/events`, second.cookie);
    try {
      const exits = await Promise.all([
        ...deployment.workers.map((worker) => worker.stop(10_000)),
        ...deployment.apis.map((api) => api.stop(10_000)),
      ]);
      for (const exit of exits) expect(exit).toEqual({ code: 0, signal: null });
    } finally {
      events.close();
    }
  });
});

/** The answer to a request that announces a body of so many bytes, and sends it slowly until it is answered. */
function announce(url: string, cookie: string, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'content-type': 'multipart/form-data; boundary=x', 'content-length': bytes };
    const asking = request(url, { method: 'POST', headers });
    const sending = setInterval(() => asking.write(Buffer.alloc(10_000)), 20);
    asking.once('error', reject);
    asking.once('response', ({ statusCode }) => {
      resolve(statusCode);
      asking.destroy();
    });
    asking.once('close', () => clearInterval(sending));
  });
}

async function stopWorkers(): Promise<void> {
  const exits = await Promise.all(deployment.workers.splice(0).map((worker) => worker.stop()));
  for (const exit of exits) expect(exit).toEqual({ code: 0, signal: null });
}

/** Eight photos as one work, by an author of its own; resolves to its id. */
async function sendSeries(index: number): Promise<string> {
  const files = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => ({ content: await photo(), name: `${n}.jpg` })),
  );
  const author = { name: `作者${index}`, phone: `1390000000${index}` };
  const { status, body } = await send(first, { title: `组照${index}`, author, files });
  expect(status).toBe(201);
  return body.id;
}

async function pending(): Promise<number> {
  const [row] = await deployment.dataSource.query<{ count: number }[]>(
    `SELECT count(*)::int FROM media WHERE status = 'pending'`,
  );
  return row.count;
}

/** A work's files at the other api, once none is pending. */
function settledWithin(id: string, withinMs: number) {
  return until(
    () => second.get(`/submissions/${id}`),
    ({ body }) => body.media.every(({ status }: { status: string }) => status !== 'pending'),
    withinMs,
  );
}

/** Names of the invariants that don't hold. */
async function broken(): Promise<string[]> {
  const { dataSource, store } = deployment;
  const findings = await verify({ dataSource, store, deep: true });
  return findings.filter(({ breaches }) => breaches > 0).map(({ name }) => name);
}
