import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHouse, type House } from '../support/house.js';
import { tracesOf } from '../support/traces.js';
import { photo, send, settled, until } from '../support/works.js';

// SECURITY.md, People (erasure) and Faults (restart during an export): all or nothing, and nothing left behind.

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 120_000);
afterAll(() => house.close());

const password = 'password of theirs';

describe('kill -9', () => {
  it('in the middle of giving an account up changes nothing; then it can be given up', async () => {
    const client = await house.entrant('Shadiao', '13688880001');
    const { body } = await send(client, {
      title: 'Shadiao-title',
      files: [{ content: await photo(), name: 'Shadiao.jpg' }],
    });
    await settled(client, body.id);
    const before = await tracesOf(house.dataSource, ['Shadiao', '13688880001']);
    const files = [...house.stored('originals'), ...house.stored('renditions')];
    // Works and files are gone, in its transaction, when it comes to the account's links.
    const runner = house.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE one_time_links IN ACCESS EXCLUSIVE MODE');
    const answer = client.post('/account/deletion', { password }).catch(() => null);
    await until(
      () =>
        house.dataSource.query<[{ n: number }]>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%one_time_links%'`,
        ),
      ([{ n }]) => n > 0,
    );
    await house.server.kill();
    await runner.rollbackTransaction();
    await runner.release();
    await answer;
    await house.start();
    expect(await tracesOf(house.dataSource, ['Shadiao', '13688880001'])).toEqual(before);
    expect([...house.stored('originals'), ...house.stored('renditions')]).toEqual(files);
    expect(await house.broken()).toEqual([]);
    expect((await client.post('/account/deletion', { password })).status).toBe(204);
    expect(await tracesOf(house.dataSource, ['Shadiao', '13688880001'])).toEqual([]);
    expect([...house.stored('originals'), ...house.stored('renditions')]).toEqual([]);
    expect(await house.broken()).toEqual([]);
  });

  it('during an export leaves nothing on the disk, and the next one can be had in a moment', async () => {
    const client = await house.entrant('导出的人', '13688880002');
    const { body } = await send(client, { files: [{ content: await photo(), name: 'a.jpg' }] });
    await settled(client, body.id);
    // Its first page waits for the table of works, so the archive has begun and not ended.
    const runner = house.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE declarations IN ACCESS EXCLUSIVE MODE');
    const answer = client.get('/account/data').catch(() => null);
    await until(
      () =>
        house.dataSource.query<[{ n: number }]>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%declarations%'`,
        ),
      ([{ n }]) => n > 0,
    );
    expect((await client.get('/account/data/allowed')).body.code).toBe('PRIVACY.EXPORT_UNDER_WAY');
    const files = house.stored('originals').length;
    await house.server.kill();
    await runner.rollbackTransaction();
    await runner.release();
    await answer;
    await house.start();
    expect([...house.stored('incoming'), ...house.stored('work')]).toEqual([]);
    expect(house.stored('originals')).toHaveLength(files);
    expect((await client.get('/account/data')).body.code).toBe('PRIVACY.EXPORT_UNDER_WAY');
    // What a moment later is.
    await house.dataSource.query('UPDATE personal_exports SET held_until = clock_timestamp()');
    expect((await client.get('/account/data')).status).toBe(200);
  });
});
