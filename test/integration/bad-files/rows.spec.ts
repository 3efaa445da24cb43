import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { badFamilies, type BadKind } from '../../fixtures/bad-files/index.ts';
import { encodeClip } from '../decoder/support/film.js';
import type { Client } from '../support/client.js';
import { startSite, type Site } from '../support/site.js';
import { send, until } from '../support/works.js';

let site: Site;
let entrant: Client;
let clip: Buffer;

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('张三', '13800000001');
  clip = await encodeClip(1, 0);
});
afterAll(() => site.close());

interface Row {
  id: string;
  status: string;
  error: string | null;
}

/** What a file says of itself goes into its row: that must hold whatever was not refused. */
const kinds = badFamilies.flatMap(({ family, kinds: all }) =>
  all.filter(({ outcome, door }) => outcome !== 'refused' && (door === 'video' || family.startsWith('EXIF'))),
);

async function files(kind: BadKind): Promise<[name: string, content: Buffer, kind: BadKind][]> {
  const made = await kind.make({ clip, canary: 'http://127.0.0.1:9' });
  return Object.entries(made).map(([name, content]) => [name, content, kind]);
}

it('whatever files say of themselves, their rows can hold it', async () => {
  const made = (await Promise.all(kinds.map(files))).flat().entries();
  const works: { kind: string; name: string; status: number; id: string }[] = [];
  // An account's submissions take turns: all at once, the last would be told to come back.
  const lane = async () => {
    for (const [index, [name, content, { kind, door }]] of made) {
      const { status, body } = await send(entrant, {
        category: door === 'image' ? 'photo' : 'douyin',
        title: `${index}`,
        author: { name: '作者', phone: String(13_900_000_000 + index) },
        files: [{ content, name }],
      });
      works.push({ kind, name, status, id: body.id });
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  expect(works.length).toBeGreaterThan(40);
  expect(works.filter(({ status }) => status !== 201)).toEqual([]);
  const rows = await until(
    () => site.dataSource.query<Row[]>('SELECT submission_id AS id, status, error FROM media'),
    (found) => found.every(({ status }) => status !== 'pending'),
    100_000,
  );
  const ours = rows.filter(({ error }) => /INTERNAL|CRASHED|TIMEOUT/.test(error ?? ''));
  expect(ours.map((row) => ({ ...row, ...works.find(({ id }) => id === row.id) }))).toEqual([]);
  expect(await site.broken()).toEqual([]);
}, 120_000);
