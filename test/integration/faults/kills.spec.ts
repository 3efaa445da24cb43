import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, utimesSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import type { Client } from '../support/client.js';
import { startHouse, type House } from '../support/house.js';
import { photo, send, settled, until } from '../support/works.js';

// SECURITY.md, “Faults, and what must hold”.

let house: House;
let entrant: Client;
let serial = 0;

beforeAll(async () => {
  house = await startHouse();
  entrant = await house.entrant('张三', '13800000001');
});
afterAll(() => house.close());

/** A work by an author of its own. */
function upload(content: Buffer) {
  serial += 1;
  const author = { name: `作者${serial}`, phone: String(13_900_000_000 + serial) };
  return send(entrant, { author, files: [{ content, name: 'a.jpg' }] });
}

const statusOf = async (id: string) => (await settled(entrant, id)).body.media[0];

it('a server that is killed in the middle of an upload leaves no row, and what had arrived is swept', async () => {
  const { hostname, port } = new URL(house.server.url);
  const head = [
    'POST /api/contests/tianyuan-2019/submissions HTTP/1.1',
    `Host: ${hostname}`,
    `Cookie: ${entrant.cookie}`,
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Length: 5000000',
  ];
  const category = '--x\r\nContent-Disposition: form-data; name="category"\r\n\r\nphoto\r\n';
  const file = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n';
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  socket.write(`${head.join('\r\n')}\r\n\r\n${category}${file}`);
  socket.write(Buffer.concat([await photo(), Buffer.alloc(2_000_000)]));
  const [half] = await until(
    () => Promise.resolve(house.stored('incoming')),
    ({ length }) => length === 1,
  );
  await house.server.kill();
  socket.destroy();

  // As it is a day later, when nobody can still be sending it.
  const longAgo = Date.now() / 1000 - 2 * 24 * 3600;
  utimesSync(path.join(house.storageDir, 'incoming', half), longAgo, longAgo);
  await house.start();
  await until(
    () => Promise.resolve(house.stored('incoming')),
    ({ length }) => length === 0,
  );
  expect(await house.dataSource.query('SELECT FROM submissions')).toEqual([]);
  const { status, body } = await upload(await photo());
  expect(status).toBe(201);
  expect((await statusOf(body.id)).status).toBe('ready');
  expect(await house.broken()).toEqual([]);
});

it('a database that is killed under load loses nothing that was acknowledged, and comes back by itself', async () => {
  const acknowledged: string[] = [];
  const statuses = new Set<number>();
  let enough = 10;
  const deadline = Date.now() + 60_000;
  const sender = async () => {
    while (acknowledged.length < enough && Date.now() < deadline) {
      const { status, body } = await upload(await photo());
      statuses.add(status);
      if (status === 201) acknowledged.push(body.id);
    }
  };
  await sender();
  // Until as many were taken after the fault as before it.
  enough = 20;
  const senders = Promise.all([sender(), sender(), sender()]);
  const postmaster = house.postmaster();
  process.kill(postmaster, 'SIGKILL');
  await senders;

  expect(house.postmaster()).not.toBe(postmaster);
  expect(acknowledged.length).toBeGreaterThanOrEqual(enough);
  // Refused by name and to be tried again, never with a 500.
  const odd = [...statuses].filter((status) => status !== 201 && status !== 503);
  const said = house.server.output();
  expect({
    odd,
    said: odd.length > 0 ? said.slice(said.indexOf('SERVER.ERROR')).slice(0, 2000) : '',
  }).toEqual({
    odd: [],
    said: '',
  });
  for (const id of acknowledged) {
    const { body } = await until(
      () => entrant.get(`/submissions/${id}`),
      (answer) => answer.status === 200 && answer.body.media[0].status !== 'pending',
      50_000,
    );
    expect(body.media).toMatchObject([{ status: 'ready' }]);
  }
  expect(await house.broken()).toEqual([]);
}, 120_000);

it('a server that is killed while it makes a whole size makes one all the same', async () => {
  const { body } = await upload(await largePhoto());
  const [{ id, links }] = (await settled(entrant, body.id)).body.media;
  const visitor = () => fetch(house.server.url + links.full, { headers: { cookie: entrant.cookie } });
  expect((await visitor()).status).toBe(202);
  await until(
    () => house.dataSource.query<{ attempts: number }[]>('SELECT attempts FROM whole_sizes'),
    ([row]) => row.attempts > 0,
  );
  await house.server.kill();
  await house.start();
  const { status } = await until(visitor, (answer) => answer.status !== 202, 30_000);
  expect(status).toBe(200);
  const [{ renditions }] = await house.dataSource.query<{ renditions: { name: string; width: number }[] }[]>(
    'SELECT renditions FROM media WHERE id = $1',
    [id],
  );
  expect(renditions.filter(({ name }) => name === 'full')).toMatchObject([{ width: 6000 }]);
  expect(house.stored('renditions').filter((name) => name.includes('full'))).toHaveLength(1);
  expect(house.stored('work')).toEqual([]);
  expect(await house.broken()).toEqual([]);
}, 60_000);

/** Children are found in /proc, which only Linux has. */
const linux = process.platform === 'linux' ? describe : describe.skip;

linux('a file that kills its decoder', () => {
  /** Decoding children of the server. */
  function decoders(): number[] {
    const { pid } = house.server;
    const children = read(`/proc/${pid}/task/${pid}/children`)
      .split(' ')
      .filter((child) => child !== '');
    return children.filter((child) => read(`/proc/${child}/cmdline`).includes('-child.js')).map(Number);
  }

  it('each time is given up after three tries, with a reason, and no other file suffers', async () => {
    const doomed = await largePhoto();
    const kills: number[] = [];
    const environments = new Set<string>();
    const { status, body } = await upload(doomed);
    expect(status).toBe(201);
    const { sha256 } = body.media[0];
    const killer = setInterval(() => {
      for (const pid of decoders()) {
        for (const line of read(`/proc/${pid}/environ`).split('\0')) environments.add(line.split('=')[0]);
        // It reads what it decodes through a mapping.
        if (!read(`/proc/${pid}/maps`).includes(sha256)) continue;
        process.kill(pid, 'SIGKILL');
        kills.push(pid);
      }
    }, 2);
    try {
      const others = await Promise.all(Array.from({ length: 20 }, async () => upload(await photo())));
      for (const other of others) expect((await statusOf(other.body.id)).status).toBe('ready');
      expect(await statusOf(body.id)).toMatchObject({
        status: 'failed',
        error: { code: 'MEDIA.DECODER_CRASHED', message: expect.stringMatching(/[\u4e00-\u9fff]/) },
      });
    } finally {
      clearInterval(killer);
    }
    expect(new Set(kills).size).toBe(3);
    const [row] = await house.dataSource.query('SELECT attempts FROM media WHERE submission_id = $1', [
      body.id,
    ]);
    expect(row).toEqual({ attempts: 3 });
    // Neither the database nor the secrets of sessions can be found by what has taken over a decoder.
    const secret = /DATABASE|SECRET|KEY|TOKEN|STORAGE|DATA_DIR|PATH|HOME/;
    expect([...environments].filter((name) => secret.test(name))).toEqual([]);
    expect(environments.has('MALLOC_ARENA_MAX')).toBe(true);
    expect(house.stored('work')).toEqual([]);
    expect(await house.broken()).toEqual([]);
  }, 60_000);
});

/** One that takes its decoder long enough to be caught at it. */
async function largePhoto(): Promise<Buffer> {
  const small = { width: 1500, height: 1000, channels: 3 as const, background: '#888' };
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const grain = await sharp({ create: { ...small, noise } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(grain).resize(6000, 4000, { kernel: 'nearest' }).jpeg({ progressive: true }).toBuffer();
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
