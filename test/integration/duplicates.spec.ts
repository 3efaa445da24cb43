import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { paintScene } from '../../src/cli/demo/photos.js';
import { LIGHTS, type LightName } from '../../src/cli/demo/paint/light.js';
import type { SceneName } from '../../src/cli/demo/scenes/index.js';
import { Runtime } from '../../src/config/runtime.js';
import { Media } from '../../src/media/media.entity.js';
import { NearDuplicates } from '../../src/media/near-duplicates.service.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { WorkerModule } from '../../src/worker.module.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { send, settled, until } from './support/works.js';

const [width, height] = [800, 600];

/** A painted picture as a camera's JPEG. */
async function picture(scene: SceneName, seed: string): Promise<Buffer> {
  const light = Object.keys(LIGHTS)[0] as LightName;
  const data = await paintScene({ seed, scene, light }, width, height);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

const cut = (original: Buffer) =>
  sharp(original)
    .extract({ left: 50, top: 20, width: width - 90, height: height - 60 })
    .jpeg({ quality: 60 })
    .toBuffer();
const framedInGrey = (original: Buffer) =>
  sharp(original)
    .resize(500)
    .greyscale()
    .extend({ top: 25, bottom: 25, left: 25, right: 25, background: '#fff' })
    .webp({ quality: 70 })
    .toBuffer();

async function sendAs(client: Client, ...contents: Buffer[]): Promise<{ id: string; number: string }> {
  const files = contents.map((content, index) => ({ content, name: `${index}.jpg` }));
  const { body } = await send(client, { files });
  await settled(client, body.id);
  return body;
}

interface Seen {
  pair: string;
  certainty: string;
  place: number;
  other: { number: string; place: number; links: Record<string, string> };
}

let site: Site;
let zhang: Client;
let li: Client;

async function atDesk(id: string): Promise<{ duplicates: string[]; lookAlikes: Seen[] }> {
  const { body } = await site.organiser.get(`/contests/${slug}/screening?status=all&limit=200`);
  return body.items.find((item: { id: string }) => item.id === id);
}

const numbersAt = async (id: string) => (await atDesk(id)).duplicates;

describe('works that look alike', () => {
  let original: Buffer;
  let first: { id: string; number: string };
  let copy: { id: string; number: string };

  beforeAll(async () => {
    site = await startSite();
    zhang = await site.entrant('张三', '13800000001');
    li = await site.entrant('李四', '13800000002');
    original = await picture('river', 'a');
    first = await sendAs(zhang, original);
    copy = await sendAs(li, await cut(original));
  });
  afterAll(() => site.close());

  it('are shown to the organiser from both sides, with how sure it is and both pictures', async () => {
    const [seen] = (await atDesk(copy.id)).lookAlikes;
    expect(seen).toMatchObject({ certainty: 'same_picture', place: 1, other: { number: first.number } });
    expect((await atDesk(first.id)).lookAlikes).toMatchObject([
      { pair: seen.pair, other: { number: copy.number } },
    ]);
    const thumb = await site.visitorAs(site.organiser).get(seen.other.links['thumb']);
    expect([thumb.status, thumb.headers.get('content-type')]).toEqual([200, 'image/webp']);
  });

  it('are found grey, framed and compressed again, and as the very same file', async () => {
    const grey = await sendAs(li, await framedInGrey(original));
    expect((await atDesk(grey.id)).lookAlikes.map(({ other }) => other.number)).toContain(first.number);
    const same = await sendAs(li, original);
    expect((await atDesk(same.id)).lookAlikes[0]).toMatchObject({
      certainty: 'same_file',
      other: { number: first.number },
    });
  });

  it('are found within a series, once', async () => {
    const hills = await picture('hills', 'b');
    const series = await sendAs(
      zhang,
      hills,
      await picture('market', 'c'),
      await sharp(hills).resize(400).toBuffer(),
    );
    const { duplicates, lookAlikes } = await atDesk(series.id);
    expect(lookAlikes).toMatchObject([{ place: 1, other: { number: series.number, place: 3 } }]);
    expect(duplicates).toEqual([]);
  });

  it('are not what different pictures are, nor plain ones of one colour', async () => {
    const other = await sendAs(li, await picture('lotus', 'd'));
    expect((await atDesk(other.id)).lookAlikes).toEqual([]);
    const plain = (shade: number) =>
      sharp({ create: { width, height, channels: 3, background: { r: shade, g: 90, b: 90 } } })
        .jpeg()
        .toBuffer();
    await sendAs(zhang, await plain(100));
    expect((await atDesk((await sendAs(li, await plain(140))).id)).lookAlikes).toEqual([]);
  });

  it('are not told to either entrant', async () => {
    for (const [client, own, others] of [
      [li, copy, first],
      [zhang, first, copy],
    ] as const) {
      const { body } = await client.get(`/submissions/${own.id}`);
      expect(body.checks).toEqual([]);
      expect(JSON.stringify(body)).not.toContain(others.number);
      expect(JSON.stringify(body)).not.toMatch(/"DUPLICATE"|lookAlike|likeness/);
      // Only that one's own works are like each other.
      const { body: list } = await client.get(`/contests/${slug}/submissions?mine=1`);
      const numbers = list.items.map(({ number }: { number: string }) => number);
      for (const { code, params } of body.media[0].checks as { code: string; params: { number: string } }[]) {
        if (code === 'OWN_DUPLICATE') expect(numbers).toContain(params.number);
      }
    }
  });

  it('stay away once an organiser says that they are none, come back on request, and both are logged', async () => {
    const [{ pair }] = (await atDesk(copy.id)).lookAlikes;
    expect((await li.post(`/duplicates/${pair}/dismissal`)).status).toBe(403);
    expect((await site.organiser.post(`/duplicates/${randomUUID()}/dismissal`)).body.code).toBe(
      'SCREENING.PAIR_NOT_FOUND',
    );
    const twice = [1, 2].map(() => site.organiser.post(`/duplicates/${pair}/dismissal`));
    expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([204, 204]);
    expect(await numbersAt(copy.id)).not.toContain(first.number);
    expect(await numbersAt(first.id)).not.toContain(copy.number);

    expect((await site.organiser.delete(`/duplicates/${pair}/dismissal`)).status).toBe(204);
    expect(await numbersAt(copy.id)).toContain(first.number);
    const logged = await site.dataSource.query<{ action: string; facts: { media: string[] } }[]>(
      `SELECT action, facts FROM audit_entries WHERE action LIKE 'duplicate.%' ORDER BY seq`,
    );
    expect(logged.map(({ action }) => action)).toEqual(['duplicate.dismissed', 'duplicate.restored']);
    expect(logged[0].facts.media).toHaveLength(2);
  });

  it('of an organiser’s contest are nothing to the organiser of another', async () => {
    const stranger = await site.entrant('外人', '13800000009');
    const { body } = await stranger.get('/session');
    await site.dataSource.query(
      `INSERT INTO role_grants (account_id, contest_id, role) VALUES ($1, $2, 'organiser')`,
      [body.account.id, randomUUID()],
    );
    const [{ pair }] = (await atDesk(copy.id)).lookAlikes;
    expect((await stranger.post(`/duplicates/${pair}/dismissal`)).status).toBe(404);
    expect((await stranger.get(`/submissions/${copy.id}/look-alikes`)).status).toBe(404);
    const own = await sendAs(stranger, await cut(original));
    expect((await stranger.get(`/submissions/${own.id}/look-alikes`)).status).toBe(404);
    const asked = await site.organiser.get(`/submissions/${copy.id}/look-alikes`);
    expect(asked.body.items).toEqual((await atDesk(copy.id)).lookAlikes);
  });

  it('no longer count once withdrawn', async () => {
    expect(await numbersAt(first.id)).toContain(copy.number);
    await li.post(`/submissions/${copy.id}/withdraw`);
    expect(await numbersAt(first.id)).not.toContain(copy.number);
    expect(await site.broken()).toEqual([]);
  });
});

describe('two files that become ready at the same time', () => {
  beforeAll(async () => {
    site = await startSite({ worker: false });
    zhang = await site.entrant('张三', '13800000001');
    li = await site.entrant('李四', '13800000002');
  });
  afterAll(() => site.close());

  const pairs = () =>
    site.dataSource.query<{ first_id: string; second_id: string }[]>(
      'SELECT first_id, second_id FROM near_duplicates ORDER BY first_id',
    );

  it('in two workers are one pair', async () => {
    const scenes = ['bridge', 'kites', 'paddy', 'facade'] as const;
    for (const scene of scenes) {
      const original = await picture(scene, 'race');
      const together = [send(zhang, { files: [{ content: original, name: 'a.jpg' }] })];
      together.push(send(li, { files: [{ content: await cut(original), name: 'b.jpg' }] }));
      await Promise.all(together);
    }
    const { env, secrets, databaseUrl } = site.app.get(Runtime);
    const runtime = new Runtime({ ...env, role: 'worker' }, secrets, databaseUrl);
    const workers = await Promise.all(
      [1, 2].map(async () => {
        const context = await NestFactory.createApplicationContext(WorkerModule.for(runtime), {
          logger: ['error'],
          abortOnError: false,
        });
        context.get(QueueService).start();
        return context;
      }),
    );
    try {
      const waiting = () =>
        site.dataSource.query<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM media WHERE status <> 'ready'`,
        );
      await until(waiting, ([{ n }]) => n === 0, 60_000);
      expect(await pairs()).toHaveLength(scenes.length);
      expect(await site.broken()).toEqual([]);
    } finally {
      for (const worker of workers) await worker.close();
    }
  });

  it('wait for each other, so that the later one sees the earlier; and a second run adds nothing', async () => {
    const [{ first_id: firstId, second_id: secondId }] = await pairs();
    const [one, other] = [
      await site.dataSource.manager.findOneByOrFail(Media, { id: firstId }),
      await site.dataSource.manager.findOneByOrFail(Media, { id: secondId }),
    ];
    await site.dataSource.query('DELETE FROM near_duplicates');
    await site.dataSource.query('DELETE FROM media_hashes');
    const duplicates = new NearDuplicates();
    const record = (file: Media) =>
      site.dataSource.transaction((manager) => duplicates.recordNear(manager, file, file.fingerprint!));
    let second: Promise<void> | undefined;
    let done = false;
    await site.app.get(DataSource).transaction(async (manager) => {
      await duplicates.recordNear(manager, one, one.fingerprint!);
      second = record(other).then(() => {
        done = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(done).toBe(false);
    });
    await second;
    expect(await pairs()).toHaveLength(1);
    await Promise.all([record(one), record(other)]);
    expect(await pairs()).toHaveLength(1);
  });
});
