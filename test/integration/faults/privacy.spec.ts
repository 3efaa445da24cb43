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
});
