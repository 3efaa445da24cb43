import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from './support/client.js';
import { seeded, startCuttingProxy, type CuttingProxy, type Fate } from './support/cutting-proxy.js';
import { startSite, type Site } from './support/site.js';
import { originalOf } from './support/stored.js';
import { draft, likePhoto, uploadsOf } from './support/tus.js';
import { uploadByClient } from './support/tus-client.js';

// SECURITY.md, “Faults, and what must hold”: connection cut mid-upload → resume from the last byte kept.

const wanted = 1000;
const atOnce = 8;

let site: Site;
let entrant: Client;
let proxy: CuttingProxy;
const random = seeded(20190915);

/** Half of the pieces are short, a fifth of the requests arrive whole and lose their answer. */
function fate(): Fate {
  const chance = random();
  if (chance < 0.1) return 'none';
  if (chance < 0.3) return 'answer lost';
  return { after: Math.floor(random() * (chance < 0.6 ? 6_000 : 60_000)) };
}

beforeAll(async () => {
  site = await startSite({ worker: false });
  entrant = await site.entrant('张三', '13800000001');
  proxy = await startCuttingProxy(site.url, fate);
});
afterAll(async () => {
  await proxy.close();
  await site.close();
});

it(`a thousand cuts at random bytes change nothing in what arrives`, async () => {
  let files = 0;
  const lane = async () => {
    while (proxy.cuts < wanted) {
      files += 1;
      const content = likePhoto(20 + Math.floor(random() * 400_000));
      const submission = await draft(entrant);
      await uploadByClient({
        api: `${proxy.url}/api`,
        cookie: entrant.cookie,
        submission,
        content,
        options: { chunkSize: random() < 0.5 ? Infinity : 100_000 },
      });
      const sha256 = createHash('sha256').update(content).digest('hex');
      const { body } = await entrant.get(`/submissions/${submission}`);
      expect(body.media).toMatchObject([{ bytes: content.length, sha256 }]);
      expect(site.stored.read(originalOf({ sha256 })).equals(content)).toBe(true);
      const uploads = await uploadsOf(entrant, submission);
      expect(uploads).toMatchObject([{ state: 'attached', mediaId: body.media[0].id }]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  expect(files).toBeGreaterThan(20);
  expect(readdirSync(join(site.storageDir, 'incoming'))).toEqual([]);
  expect(await site.broken()).toEqual([]);
}, 300_000);
