import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../support/client.js';
import { startSite, type Site } from '../support/site.js';
import { photo, send, settled } from '../support/works.js';

let site: Site;
let entrant: Client;

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

it('an original that vanished before its job fails that file alone, says what to do, and can be sent again', async () => {
  const content = await photo();
  const files = [{ content, name: 'a.jpg' }];
  const { body } = await send(entrant, { files });
  const { body: other } = await send(entrant);
  await settled(entrant, body.id);
  await settled(entrant, other.id);
  const { sha256 } = body.media[0];
  rmSync(join(site.storageDir, 'originals', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
  // Both as they are when their jobs were lost: the sweeper hands them out again.
  await site.dataSource.query(
    `UPDATE media SET status = 'pending', attempts = 0, renditions = '[]', queued_at = now() - interval '1 minute'`,
  );

  const { body: lost } = await settled(entrant, body.id);
  expect(lost.media[0]).toMatchObject({ status: 'failed', error: { code: 'MEDIA.ORIGINAL_MISSING' } });
  expect(lost.media[0].error.message).toContain('重新上传');
  expect((await settled(entrant, other.id)).body.media[0].status).toBe('ready');
  // Of the loss itself the operator hears.
  expect(await site.broken()).toEqual(['every original is in storage, whole']);

  await entrant.post(`/submissions/${body.id}/withdraw`);
  const { status, body: again } = await send(entrant, { files });
  expect(status).toBe(201);
  expect((await settled(entrant, again.id)).body.media[0].status).toBe('ready');
  expect(await site.broken()).toEqual([]);
});
