import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaSweeper } from '../../src/media/media-sweeper.js';
import { processJobId } from '../../src/media/media.service.js';
import { QueueService } from '../../src/queue/queue.service.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { send, settled, until } from './support/works.js';

let site: Site;
let entrant: Client;

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

const rowOf = async (submissionId: string) =>
  (await site.dataSource.query('SELECT * FROM media WHERE submission_id = $1', [submissionId]))[0];

describe('the pending row as outbox', () => {
  it('a row whose job was lost is handed out again under a higher version', async () => {
    const { body } = await send(entrant);
    await settled(entrant, body.id);
    // Its job ends a moment after its row is ready; while it is there the sweeper leaves the row alone.
    const { id, version } = await rowOf(body.id);
    await until(
      () => site.app.get(QueueService).has('media.process', processJobId(id, version)),
      (there) => !there,
    );
    // As it looks when all of Redis was lost, or the process died between commit and enqueue.
    await site.dataSource.query(
      `UPDATE media SET status = 'pending', attempts = 0, renditions = '[]', queued_at = now() - interval '1 minute'
        WHERE submission_id = $1`,
      [body.id],
    );
    // The site's own sweeper may come first, or still see the old job: what counts is that the row is handed out.
    await site.app.get(MediaSweeper).sweep();
    await until(
      () => rowOf(body.id),
      ({ version }) => version === 2,
    );
    const { body: again } = await settled(entrant, body.id);
    expect(again.media[0].status).toBe('ready');
    expect(await rowOf(body.id)).toMatchObject({ version: 2 });
  });

  it('a job that runs twice, or for a version that is no longer the row’s, changes nothing', async () => {
    const { body } = await send(entrant);
    await settled(entrant, body.id);
    const before = await rowOf(body.id);
    const queue = site.app.get(QueueService);
    for (const version of [before.version, before.version - 1]) {
      const id = `${processJobId(before.id, version)}-again`;
      await queue.add('media.process', id, { mediaId: before.id, version });
      await until(
        () => queue.has('media.process', id),
        (there) => !there,
      );
    }
    expect(await rowOf(body.id)).toEqual(before);
  });

  it('a file that was tried too often is given up, with a reason', async () => {
    const { body } = await send(entrant);
    await settled(entrant, body.id);
    await site.dataSource.query(
      `UPDATE media SET status = 'pending', attempts = 3, error = 'MEDIA.DECODER_CRASHED', renditions = '[]',
              queued_at = now() - interval '1 minute' WHERE submission_id = $1`,
      [body.id],
    );
    await site.app.get(MediaSweeper).sweep();
    const { body: after } = await settled(entrant, body.id);
    expect(after.media[0]).toMatchObject({ status: 'failed', error: { code: 'MEDIA.DECODER_CRASHED' } });
    expect(after.media[0].error.message).not.toBe('');
  });
});

describe('live news', () => {
  it('says “look” to the owner and to organisers, and nothing to anybody else', async () => {
    const stranger = await site.entrant('李四', '13800000002');
    const streams = await Promise.all([entrant, site.organiser, stranger].map((client) => listen(client)));
    const { body } = await send(entrant);
    await settled(entrant, body.id);
    await until(
      () => Promise.resolve(streams[0].heard()),
      (text) => text.includes(body.id),
    );
    await until(
      () => Promise.resolve(streams[1].heard()),
      (text) => text.includes(body.id),
    );
    expect(streams[2].heard()).not.toContain(body.id);
    expect(streams[0].heard()).toContain('event: look');
    for (const { end } of streams) end();
  });

  async function listen(client: Client) {
    const abort = new AbortController();
    const response = await fetch(`${site.url}/api/contests/${slug}/events`, {
      headers: { cookie: client.cookie },
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body!) text += Buffer.from(chunk as Uint8Array).toString();
    })();
    reading.catch(() => undefined);
    return { heard: () => text, end: () => abort.abort() };
  }
});
