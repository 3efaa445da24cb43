import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { MediaLinksService } from '../../src/media/media-links.service.js';
import { WholeSizeSweeper } from '../../src/media/whole-size-sweeper.js';
import { canaryJpeg } from '../fixtures/bad-media.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges, send, settled, until } from './support/works.js';

// The picture of whole size, which is made when somebody first zooms in.

let site: Site;
let owner: Client;
let serial = 0;

beforeAll(async () => {
  site = await startSite();
  owner = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

/** Fine lines, which no smaller picture has, under metadata that must not come along. */
async function fine(width = 3000, height = 2200): Promise<Buffer> {
  serial += 1;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.fill((x + y) % 2 ? 230 : 20 + serial, (y * width + x) * 3, (y * width + x + 1) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Artist: 'the author' } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

async function ready(content: Buffer): Promise<{ id: string; links: Record<string, string> }> {
  const author = { name: `作者${serial}`, phone: String(13_600_000_000 + serial) };
  const { body } = await send(owner, { author, files: [{ content, name: 'a.jpg' }] });
  return (await settled(owner, body.id)).body.media[0];
}

const follow = (link: string, who = owner) => site.visitorAs(who).get(link);
const whole = (link: string, who = owner) =>
  until(
    () => follow(link, who),
    ({ status }) => status !== 202,
  );
const renditions = async (id: string) =>
  (
    await site.dataSource.query<{ renditions: { name: string }[] }[]>(
      'SELECT renditions FROM media WHERE id = $1',
      [id],
    )
  )[0].renditions;

describe('the whole size of a photo', () => {
  it('is made once however many ask, upright, pixel for pixel, without metadata', async () => {
    const { id, links } = await ready(await fine());
    expect((await renditions(id)).map(({ name }) => name)).toEqual(['preview', 'thumb', 'small']);
    const before = site.stored.keys().length;
    const asked = await Promise.all(Array.from({ length: 20 }, () => follow(links['full'])));
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([202]));
    expect(asked[0].headers.get('cache-control')).toBe('no-store');
    const answers = await Promise.all(Array.from({ length: 20 }, () => whole(links['full'])));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));

    const bytes = Buffer.from(answers[0].body as ArrayBuffer);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([2200, 3000]);
    const at = (x: number, y: number) => data[(y * info.width + x) * info.channels];
    for (const [x, y] of [
      [0, 0],
      [1000, 1500],
      [2190, 2990],
    ]) {
      expect(Math.abs(at(x, y) - at(x + 1, y))).toBeGreaterThan(150);
    }
    const { exif, icc, xmp, orientation } = await sharp(bytes).metadata();
    expect({ exif, icc, xmp, orientation }).toEqual({
      exif: undefined,
      icc: undefined,
      xmp: undefined,
      orientation: undefined,
    });
    expect((await renditions(id)).filter(({ name }) => name === 'full')).toHaveLength(1);
    expect(site.stored.keys()).toHaveLength(before + 1);
    // Who asked while it was finished may have asked for another, which nobody makes.
    await until(
      () => site.dataSource.query<unknown[]>('SELECT FROM whole_sizes'),
      ({ length }) => length === 0,
    );
    expect(site.stored.keys()).toHaveLength(before + 1);
    expect(await site.broken()).toEqual([]);
  });

  it('has no link where the preview is as large, and none that is public', async () => {
    const { id, links } = await ready(
      await sharp(await fine(2000, 1500))
        .jpeg()
        .toBuffer(),
    );
    expect(Object.keys(links).sort()).toEqual(['original', 'preview', 'small', 'thumb']);
    const codec = site.app.get(MediaLinksService);
    const media = {
      id,
      renditions: [{ name: 'full', key: '', mime: '', bytes: 1, width: 1, height: 1 } as const],
    };
    expect(codec.mintPublic(media, id)).toEqual({});
  });

  it('goes with its photo', async () => {
    const entrant = await site.entrant('赵六', '13800000009');
    const { body } = await send(entrant, { files: [{ content: await fine(), name: 'd.jpg' }] });
    const [media] = (await settled(entrant, body.id)).body.media;
    expect((await whole(media.links.full, entrant)).status).toBe(200);
    const own = () => site.stored.keys().filter((key) => key.includes(media.id));
    expect(own()).toHaveLength(4);
    const { status } = await entrant.post('/account/deletion', { password: 'password of theirs' });
    expect(status).toBeLessThan(300);
    expect(own()).toEqual([]);
    expect(await site.broken()).toEqual([]);
  });

  it('comes to a judge by the link of his task, which dies with a recusal; and not to others', async () => {
    const ids = await acceptedWorks(site.organiser, owner, [
      {
        author: { name: '李四', phone: '13711110000' },
        files: [{ content: await canaryJpeg('whoever'), name: 'b.jpg' }],
      },
      {
        author: { name: '王五', phone: '13711110001' },
        files: [{ content: await fine(2400, 1600), name: 'c.jpg' }],
      },
    ]);
    expect(ids).toHaveLength(2);
    const [judge, other] = await judges(site.organiser, 2);
    const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'photo',
      name: '初评',
      judges: [judge.id, other.id],
    });
    await site.organiser.post(`/rounds/${round.id}/open`);
    const { items } = (await judge.client.get(`/rounds/${round.id}/tasks`)).body;
    const task = items.find(({ submission }: (typeof items)[0]) => submission.media[0].links.full);
    const { full } = task.submission.media[0].links;
    expect((await follow(full, other.client)).status).toBe(404);
    expect((await site.visitor().get(full.replace('/api', ''))).status).toBe(404);
    const answer = await whole(full, judge.client);
    expect(answer.status).toBe(200);
    expect(await sharp(Buffer.from(answer.body as ArrayBuffer)).metadata()).toMatchObject({
      width: 1600,
      height: 2400,
    });
    await judge.client.post(`/tasks/${task.id}/recusal`, { reason: '认识作者' });
    expect((await follow(full, judge.client)).status).toBe(404);
  });

  it('is asked for again where its job was lost, and what an older job makes is dropped', async () => {
    const { id, links } = await ready(await fine());
    await site.dataSource.query(
      `INSERT INTO whole_sizes (media_id, queued_at) VALUES ($1, clock_timestamp() - interval '1 hour')`,
      [id],
    );
    expect((await follow(links['full'])).status).toBe(202);
    await site.app.get(WholeSizeSweeper).sweep();
    expect((await whole(links['full'])).status).toBe(200);
    expect(await site.broken()).toEqual([]);
  });

  it('is given up with a sentence where it can’t be made, and tried again on another day', async () => {
    const { id, links } = await ready(await fine());
    await site.dataSource.query(
      `INSERT INTO whole_sizes (media_id, status, error) VALUES ($1, 'failed', 'MEDIA.TOO_LARGE_FOR_MEMORY')`,
      [id],
    );
    const refused = await follow(links['full']);
    expect([refused.status, refused.body.code]).toEqual([404, 'MEDIA.WHOLE_SIZE_FAILED']);
    await site.dataSource.query(`UPDATE whole_sizes SET queued_at = clock_timestamp() - interval '2 days'`);
    expect((await whole(links['full'])).status).toBe(200);
  });
});
