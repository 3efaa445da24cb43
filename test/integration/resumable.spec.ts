import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from './support/client.js';
import { startSite, type Site } from './support/site.js';
import { announce, begin, draft, likePhoto, look, patch, uploadsOf } from './support/tus.js';
import { photo, settled } from './support/works.js';

let site: Site;
let zhang: Client;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

const incoming = () => readdirSync(join(site.storageDir, 'incoming'));
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

describe('a file that comes in pieces', () => {
  it('is attached with the last of them, whole, and processed as any other', async () => {
    const content = await photo();
    const work = await draft(zhang);
    const created = await announce(zhang, {
      submission: work,
      bytes: content.length,
      filename: '门口\r\n/../家.jpg',
      mark: 'a1b2',
      lastModified: '1700000000000',
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toMatch(/^\/api\/uploads\/[0-9a-f-]{36}$/);
    expect(created.headers.get('tus-resumable')).toBe('1.0.0');
    const expires = Date.parse(created.headers.get('upload-expires')!);
    expect(expires - Date.now()).toBeGreaterThan(23.9 * 3600_000);
    const path = created.headers.get('location')!.replace('/api', '');

    const half = Math.floor(content.length / 2);
    const first = await patch(zhang, path, 0, content.subarray(0, half));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(half)]);
    expect(await look(zhang, path)).toEqual({ status: 200, offset: half });
    expect(await uploadsOf(zhang, work)).toMatchObject([
      {
        name: '家.jpg',
        bytes: content.length,
        received: half,
        mark: 'a1b2',
        lastModified: 1700000000000,
        state: 'receiving',
        mediaId: null,
        error: null,
      },
    ]);
    const last = await patch(zhang, path, half, content.subarray(half));
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, String(content.length)]);
    const { body } = await settled(zhang, work);
    expect(body.media).toMatchObject([
      { status: 'ready', name: '家.jpg', bytes: content.length, sha256: sha256(content), width: 640 },
    ]);
    expect(await uploadsOf(zhang, work)).toMatchObject([{ state: 'attached', mediaId: body.media[0].id }]);
    expect(incoming()).toEqual([]);
  });

  it('may come in one piece, too', async () => {
    const content = likePhoto(3_000_000);
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length });
    expect((await patch(zhang, path, 0, content)).status).toBe(204);
    const { body } = await zhang.get(`/submissions/${work}`);
    expect(body.media).toMatchObject([{ bytes: content.length, sha256: sha256(content) }]);
  });
});
