import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startHouse, type House } from '../support/house.js';
import { canMount, mountSmallDisk, noMount, type SmallDisk } from '../support/small-disk.js';
import { photo, send, settled, until } from '../support/works.js';

// SECURITY.md, “Faults, and what must hold”: a full disk answers 507, tears nothing, and recovers by itself.

const mountable = canMount();
const MB = 1_000_000;

(mountable ? describe : describe.skip)(`a disk${mountable ? '' : ` (${noMount})`}`, () => {
  let disk: SmallDisk;
  let house: House;
  let entrant: Client;
  /** Sent and processed before anything happened to the disk. */
  let earlier: string;
  let serial = 0;

  beforeAll(async () => {
    disk = mountSmallDisk(24 * MB);
    house = await startHouse({ storageDir: disk.folder });
    entrant = await house.entrant('张三', '13800000001');
    earlier = (await upload()).body.id;
    await settled(entrant, earlier);
  });
  afterAll(async () => {
    await house.close();
    disk.close();
  });

  /** A photo of its own, so large as is said, by an author of its own. */
  async function upload(bytes = 20_000) {
    serial += 1;
    const content = Buffer.concat([await photo(), Buffer.alloc(bytes, serial)]);
    const author = { name: `作者${serial}`, phone: String(13_900_000_000 + serial) };
    return send(entrant, { author, files: [{ content, name: 'a.jpg' }] });
  }

  const works = async () =>
    (await entrant.get('/contests/tianyuan-2019/submissions?mine=1')).body.items.length;
  const rowOf = async (id: string) =>
    (await house.dataSource.query('SELECT * FROM media WHERE submission_id = $1', [id]))[0];

  /** The row as it is when its job was lost: the sweeper hands it out again. */
  const makePending = (id: string) =>
    house.dataSource.query(
      `UPDATE media SET status = 'pending', attempts = 0, error = NULL, renditions = '[]',
              queued_at = now() - interval '1 minute' WHERE submission_id = $1`,
      [id],
    );

  /** Waits until the worker has tried the row and given up for now, without holding it against the file. */
  const triedInVain = (id: string) =>
    until(
      () => rowOf(id),
      ({ error, attempts }) => error !== null && attempts === 0,
      30_000,
    );

  /** What was there stays, is served, and the server is well. */
  async function expectAllElseWell(): Promise<void> {
    const { body } = await entrant.get(`/submissions/${earlier}`);
    const link = `${house.server.url}${body.media[0].links.preview}`;
    expect((await fetch(link, { headers: { cookie: entrant.cookie } })).status).toBe(200);
    expect((await fetch(`${house.server.url}/api/health/live`)).status).toBe(200);
  }

  async function expectRecovered(pending: string): Promise<void> {
    const { body } = await until(
      () => entrant.get(`/submissions/${pending}`),
      (answer) => answer.body.media[0].status !== 'pending',
      50_000,
    );
    expect(body.media[0]).toMatchObject({ status: 'ready' });
    const { status, body: sent } = await upload();
    expect(status).toBe(201);
    expect((await settled(entrant, sent.id)).body.media[0].status).toBe('ready');
    expect(await house.broken()).toEqual([]);
    expect(house.stored('incoming')).toEqual([]);
  }

  const faults: [string, () => void, () => void, number, string][] = [
    ['that is full', () => disk.fill(8_000), () => disk.empty(), 507, 'MEDIA.STORAGE_FULL'],
    [
      'that becomes read-only',
      () => disk.readOnly(true),
      () => disk.readOnly(false),
      503,
      'MEDIA.STORAGE_UNAVAILABLE',
    ],
    ['that is taken away', () => disk.detach(), () => disk.attach(), 503, 'MEDIA.STORAGE_UNAVAILABLE'],
  ];

  it.each(faults)(
    '%s refuses uploads by name, keeps what waits, and needs nobody when it is back',
    async (name, begin, end, status, code) => {
      const { body: waiting } = await upload();
      await settled(entrant, waiting.id);
      const before = await works();
      begin();
      try {
        const answer = await upload(2 * MB);
        expect(answer).toMatchObject({ status, body: { code } });
        expect(answer.body.detail).toMatch(/[\u4e00-\u9fff]/);
        expect(await works()).toBe(before);
        await makePending(waiting.id);
        await triedInVain(waiting.id);
        if (name !== 'that is taken away') await expectAllElseWell();
      } finally {
        end();
      }
      await expectRecovered(waiting.id);
    },
    120_000,
  );
});
