import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { paintScene } from '../../src/cli/demo/photos.js';
import { LIGHTS, type LightName } from '../../src/cli/demo/paint/light.js';
import { SCENE_NAMES } from '../../src/cli/demo/scenes/index.js';
import { tiff, withExifSegment } from '../fixtures/metadata.js';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo, send, settled, until } from './support/works.js';

let site: Site;
let zhang: Client;
let li: Client;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
  li = await site.entrant('李四', '13800000002');
});
afterAll(() => site.close());

const consent = '2019-2';
const onDesk = async (id: string): Promise<Answer['body']> => {
  const { body } = await site.organiser.get(`/contests/${slug}/screening?status=all&limit=200`);
  return body.items.find((item: { id: string }) => item.id === id);
};
const codes = (work: Answer['body']) => work.checks.map(({ code }: { code: string }) => code);

describe('when and where a work was taken', () => {
  it('is kept as its entrant says, beside what the file says in the contest’s time zone', async () => {
    const block = tiff({
      exif: { 0x9003: '2019:08:30 23:11:12', 0x9011: '+00:00' },
      gps: { 1: 'N', 2: degrees(27, 49, 30), 3: 'E', 4: degrees(113, 4, 48) },
    });
    const content = withExifSegment(await photo(), block);
    const { body: sent } = await send(zhang, {
      takenOn: '2019-08-29',
      takenPlace: '  东湖社区\n北门 ',
      files: [{ content, name: '1.jpg' }],
    });
    await settled(zhang, sent.id);
    for (const work of [(await zhang.get(`/submissions/${sent.id}`)).body, await onDesk(sent.id)]) {
      expect(work).toMatchObject({ takenOn: '2019-08-29', takenPlace: '东湖社区 北门' });
      // 23:11 in UTC is the morning of the next day in Zhuzhou.
      expect(work.media[0]).toMatchObject({
        takenOn: '2019-08-31',
        coordinates: { lat: 27.825, lon: expect.closeTo(113.08) },
      });
    }
    const cleared = await zhang.patch(`/submissions/${sent.id}`, { takenOn: '', takenPlace: '' });
    expect(cleared.body).toMatchObject({ takenOn: null, takenPlace: '' });
  });

  it('is refused where it is no day, or longer than a line', async () => {
    for (const [field, value] of [
      ['takenOn', '2019-02-30'],
      ['takenOn', '昨天'],
      ['takenOn', '2019-8-3'],
      ['takenPlace', '远'.repeat(61)],
    ] as const) {
      const { status, body } = await send(zhang, { [field]: value });
      expect({ status, path: body.errors?.[0]?.path }).toEqual({ status: 422, path: field });
    }
  });
});
const degrees = (...parts: number[]): Array<readonly [number, number]> => parts.map((one) => [one, 1]);

describe('pictures that are like one’s own', () => {
  const [width, height] = [800, 600];
  const light = Object.keys(LIGHTS)[0] as LightName;
  const paint = async (seed: string) =>
    sharp(await paintScene({ seed, scene: SCENE_NAMES[0], light }, width, height), {
      raw: { width, height, channels: 3 },
    });
  const smaller = (original: Buffer) => sharp(original).resize(500).jpeg({ quality: 60 }).toBuffer();
  const sendOne = async (client: Client, content: Buffer, title: string) => {
    const { body } = await send(client, { title, files: [{ content, name: '1.jpg' }] });
    await settled(client, body.id);
    return body;
  };

  it('are told at the tile of the account’s own works, and never of anybody else’s', async () => {
    const original = await (await paint('own')).jpeg({ quality: 92 }).toBuffer();
    const first = await sendOne(zhang, original, '家门口');
    const second = await sendOne(zhang, await smaller(original), '家门口（二）');
    const theirs = await sendOne(li, await smaller(await smaller(original)), '像得很');
    const own = { code: 'OWN_DUPLICATE', params: { number: first.number, title: '家门口' } };
    const { body: shown } = await until(
      () => zhang.get(`/submissions/${second.id}`),
      ({ body }) => body.media[0].checks.some(({ code }: { code: string }) => code === 'OWN_DUPLICATE'),
    );
    expect(shown.media[0].checks).toContainEqual(own);
    // The desk knows of all three, as before.
    await until(
      () => onDesk(theirs.id),
      (work) => work.duplicates.length === 2,
    );
    const { body: list } = await zhang.get(`/contests/${slug}/submissions?mine=1`);
    expect(JSON.stringify(list)).not.toContain(theirs.number);
    const { body: others } = await li.get(`/submissions/${theirs.id}`);
    expect(JSON.stringify(others)).not.toMatch(new RegExp(`OWN_DUPLICATE|${first.number}|${second.number}`));
    // SECURITY.md: neither learns of the other; taking one's own out takes the note away.
    await zhang.post(`/submissions/${first.id}/withdraw`);
    const { body: alone } = await zhang.get(`/submissions/${second.id}`);
    expect(JSON.stringify(alone.media)).not.toContain('OWN_DUPLICATE');
  });
});

describe('what an entrant promises', () => {
  it('lives with the contest, words and version together, in both languages', async () => {
    const { body } = await zhang.get(`/contests/${slug}`);
    expect(body.consentVersion).toBe(consent);
    const { zh, en } = body.declaration;
    expect(zh).toHaveLength(en.length);
    for (const word of ['原创', '被拍摄和展示', '合成', '使用作品']) expect(zh.join()).toContain(word);
    // What somebody agreed to is never changed.
    await expect(site.dataSource.query(`UPDATE declarations SET words = '{}'`)).rejects.toThrow();
  });

  it('is stored with each work: which version, and when', async () => {
    const { body: draft } = await send(zhang, { draft: 'true' });
    expect(draft.consent).toBeNull();
    const before = Date.now();
    const { body: sent } = await zhang.post(`/submissions/${draft.id}/submit`, { consent });
    expect(sent.consent.version).toBe(consent);
    expect(Math.abs(new Date(sent.consent.at).getTime() - before)).toBeLessThan(60_000);
    const { body: atOnce } = await send(zhang, { consent });
    expect(atOnce.consent).toMatchObject({ version: consent, at: expect.any(String) });
    // Scripts may leave it out; nothing is made up for them.
    expect((await send(zhang)).body.consent).toBeNull();
  });

  it('is asked for anew once the organiser has other words', async () => {
    const { body: draft } = await send(li, { draft: 'true' });
    await site.dataSource.query(
      `INSERT INTO declarations (contest_id, version, words)
       SELECT id, 'next', '{"zh": ["新的承诺"], "en": ["Other words"]}' FROM contests WHERE slug = $1`,
      [slug],
    );
    await site.dataSource.query(`UPDATE contests SET consent_version = 'next' WHERE slug = $1`, [slug]);
    expect((await li.post(`/submissions/${draft.id}/submit`, { consent })).body.code).toBe(
      'SUBMISSION.CONSENT_OUTDATED',
    );
    expect((await li.get(`/contests/${slug}`)).body.declaration.zh).toEqual(['新的承诺']);
    const { body: sent } = await li.post(`/submissions/${draft.id}/submit`, { consent: 'next' });
    expect(sent.consent.version).toBe('next');
  });
});

describe('an author for whom somebody else sends', () => {
  const author = { name: '刘婆婆', phone: '13700000001' };

  it('agreed, says the sender, and the desk sees when; or it sees that nobody said so', async () => {
    const asked = await send(zhang, { author, authorAgreed: 'true' });
    expect(asked.body.authorAgreedAt).toMatch(/^\d{4}-/);
    expect(codes(await onDesk(asked.body.id))).toEqual([]);
    const unasked = await send(zhang, { author: { name: '陈爹爹', phone: '13700000002' } });
    expect(unasked).toMatchObject({ status: 201, body: { authorAgreedAt: null } });
    expect(codes(await onDesk(unasked.body.id))).toEqual(['AUTHOR_NOT_ASKED']);
    expect(codes(unasked.body)).toEqual([]);
    // Nobody has to ask himself.
    expect(codes(await onDesk((await send(li)).body.id))).toEqual([]);
  });

  it('is asked again when it is another author', async () => {
    const { body: work } = await send(zhang, { author, authorAgreed: 'true', draft: 'true' });
    const other = { name: '周师傅', phone: '13700000003' };
    const moved = await zhang.patch(`/submissions/${work.id}`, { author: other });
    expect(moved.body).toMatchObject({ author: other, authorAgreedAt: null });
    const agreed = await zhang.patch(`/submissions/${work.id}`, { authorAgreed: true });
    expect(agreed.body.authorAgreedAt).not.toBeNull();
    const both = await zhang.patch(`/submissions/${work.id}`, { author, authorAgreed: true });
    expect(both.body.authorAgreedAt).not.toBeNull();
  });

  it('leaves every invariant whole', async () => {
    await until(
      () => site.dataSource.query<unknown[]>(`SELECT FROM media WHERE status = 'pending'`),
      (pending) => pending.length === 0,
    );
    expect(await site.broken()).toEqual([]);
  });
});
