import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '../support/client.js';
import { seeded, startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.js';
import { startHouse, type House } from '../support/house.js';
import { startApi, type ApiProcess } from '../support/server-process.js';
import { startSite, type Site } from '../support/site.js';
import { begin, draft, likePhoto, look, openPatch, patch, uploadsOf } from '../support/tus.js';
import { uploadByClient } from '../support/tus-client.js';
import { until } from '../support/works.js';

// SECURITY.md, “Faults, and what must hold”: API killed mid-upload → resume from the last byte kept, orphans swept.

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

describe('a server that is killed at random bytes and started again', () => {
  let house: House;
  let entrant: Client;
  let proxy: CuttingProxy;
  const random = seeded(14);

  beforeAll(async () => {
    house = await startHouse();
    entrant = await house.entrant('张三', '13800000001');
    proxy = await startCuttingProxy(house.server.url, () => 'none');
  });
  afterAll(async () => {
    await proxy.close();
    await house.close();
  });

  it('gets the whole file all the same, from a client that only goes on', async () => {
    const content = likePhoto(24_000_000);
    const submission = await draft(entrant);
    let sent = 0;
    const kills = Array.from({ length: 3 }, () => Math.floor(random() * content.length)).sort(
      (a, b) => a - b,
    );
    let restarting: Promise<void> = Promise.resolve();
    const restart = async () => {
      await house.server.kill();
      await house.start();
      proxy.target = new URL(house.server.url);
    };
    let killed = 0;
    await uploadByClient({
      api: `${proxy.url}/api`,
      cookie: entrant.cookie,
      submission,
      content,
      options: {
        chunkSize: 8_000_000,
        retryDelays: Array<number>(500).fill(200),
        onProgress(bytes) {
          sent = Math.max(sent, bytes);
          if (killed === kills.length || sent < kills[killed]) return;
          killed += 1;
          restarting = restarting.then(restart);
        },
      },
    });
    await restarting;
    expect(killed).toBe(kills.length);
    const { body } = await until(
      () => entrant.get(`/submissions/${submission}`),
      (answer) => answer.status === 200,
    );
    expect(body.media).toMatchObject([{ bytes: content.length, sha256: sha256(content) }]);
    expect(await uploadsOf(entrant, submission)).toMatchObject([{ state: 'attached' }]);
    expect(house.stored('incoming')).toEqual([]);
    expect(await house.broken()).toEqual([]);
  }, 120_000);
});

describe('two processes before one spool', () => {
  let site: Site;
  let here: Client;
  let other: ApiProcess;
  let there: Client;

  beforeAll(async () => {
    site = await startSite({ worker: false });
    const secret = () => randomBytes(32).toString('hex');
    const env = { ...site.env, ROLE: 'api', SESSION_SECRET: secret(), DATA_KEY: secret() };
    other = await startApi(env);
    here = await site.entrant('张三', '13800000001');
    there = site.visitorAs(here);
    there.url = `${other.url}/api`;
  });
  afterAll(async () => {
    if (other.running()) await other.stop();
    await site.close();
  });

  it('take turns: a piece here, a piece there', async () => {
    const content = likePhoto(1_000_000);
    const submission = await draft(here);
    const path = await begin(there, { submission, bytes: content.length });
    for (let offset = 0; offset < content.length; offset += 100_000) {
      const [one, two] = offset % 200_000 === 0 ? [here, there] : [there, here];
      expect((await patch(one, path, offset, content.subarray(offset, offset + 100_000))).status).toBe(204);
      expect((await look(two, path)).offset).toBe(offset + 100_000);
    }
    const { body } = await here.get(`/submissions/${submission}`);
    expect(body.media).toMatchObject([{ sha256: sha256(content) }]);
  });

  it('keep each other out while one writes; and what a killed one held is free again within 15 s', async () => {
    const content = likePhoto(3_000_000);
    const submission = await draft(here);
    const path = await begin(here, { submission, bytes: content.length });
    const sending = openPatch(there, path, 0, content.length);
    await sending.write(content.subarray(0, 2_000_000));
    await until(
      () => look(here, path),
      ({ offset }) => offset > 0,
    );
    expect((await patch(here, path, 0, content)).status).toBe(423);
    await other.kill();
    const killedAt = Date.now();
    await until(
      async () => {
        const { offset } = await look(here, path);
        return patch(here, path, offset, content.subarray(offset));
      },
      ({ status }) => status === 204,
    );
    expect(Date.now() - killedAt).toBeLessThan(15_000);
    const { body } = await here.get(`/submissions/${submission}`);
    expect(body.media).toMatchObject([{ sha256: sha256(content) }]);
    expect(await site.broken()).toEqual([]);
  });
});
