import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaLinksService } from '../../src/media/media-links.service.js';
import { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges, send } from './support/works.js';

/**
 * SECURITY “People”: besides links of one's own only what the organiser publishes leads to bytes. 甲's second work has
 * no prize, 丙's was never accepted.
 */
let site: Site;
let entrant: Client;
let visitor: Client;
/** Follows links, which begin with /api. */
let bytes: Client;
let winners: string[];
let loser: string;
let resultId: string;

beforeAll(async () => {
  site = await startSite();
  visitor = site.visitor();
  bytes = new Client(site.url);
  entrant = await site.entrant('金丝雀账号', '13800000001');
  const ids = await acceptedWorks(site.organiser, entrant, [
    { title: '头奖之作', author: { name: '甲', phone: '13711110001' }, story: '金丝雀故事' },
    { title: '乙的', author: { name: '乙', phone: '13711110002' } },
    { title: '甲的第二件', author: { name: '甲', phone: '13711110001' } },
  ]);
  winners = ids.slice(0, 2);
  loser = ids[2];
  await send(entrant, { title: '没有初审', author: { name: '丙', phone: '13711110003' } });
  const panel = await judges(site.organiser, 3);
  const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '终评',
    kind: 'score',
    judges: panel.map(({ id }) => id),
    method: 'auto',
  });
  await site.organiser.post(`/rounds/${round.id}/open`);
  for (const { client } of panel) {
    const { body } = await client.get(`/rounds/${round.id}/tasks`);
    for (const { id, submission } of body.items) {
      const value = { 头奖之作: 90, 乙的: 70 }[submission.title as string] ?? 50;
      await client.put(`/tasks/${id}/sheet`, { marks: { c1: value, c2: value, c3: value }, submitted: true });
    }
  }
  await site.organiser.post(`/rounds/${round.id}/close`, {});
  resultId = (await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' })).body.id;
});
afterAll(() => site.close());

const gallery = async () => (await visitor.get(`/contests/${slug}/gallery`)).body;
const show = (shown: string) => site.organiser.put(`/contests/${slug}/gallery`, { shown });
const publish = (id: string, published: boolean, by = site.organiser) =>
  by.put(`/submissions/${id}/publication`, { published });
const linksOf = async (): Promise<string[]> =>
  (await gallery()).works.flatMap((work: { files: { links: Record<string, string> }[] }) =>
    work.files.flatMap(({ links }) => Object.values(links)),
  );
const codes = async (links: string[]) => {
  const found = await Promise.all(links.map(async (link) => (await bytes.get(link)).status));
  return [...new Set(found)];
};

describe('the gallery', () => {
  it('is off unless the organiser switches it on, and empty until a result is locked', async () => {
    expect(await gallery()).toEqual({ shown: 'off', works: [] });
    expect((await show('results')).body).toEqual({ shown: 'results', works: [] });
    expect((await publish(winners[0], true)).body.code).toBe('GALLERY.NOT_AWARDED');
    expect((await site.organiser.post(`/results/${resultId}/lock`)).status).toBe(200);
    const { works } = await gallery();
    expect(works.map(({ title, author, prize }: Record<string, string>) => [title, author, prize])).toEqual([
      ['头奖之作', '甲', '特等奖'],
      ['乙的', '乙', '一等奖'],
    ]);
    expect((await visitor.get(`/contests/${slug}`)).body.gallery).toBe('results');
  });

  it('shows the pictures to anybody, for minutes at a time, and tells no more than title, author and prize', async () => {
    const links = await linksOf();
    expect(links).toHaveLength(6);
    expect(await codes(links)).toEqual([200]);
    const { headers } = await bytes.get(links[0]);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('cache-control')).toBe('private, max-age=300');
    const text = JSON.stringify(await gallery());
    const secrets = ['金丝雀', '1371111', 'A000', '照片.jpg', 'original', 'sha256', ...winners, loser];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('leads to nothing else: not to originals, other works, or links of other people', async () => {
    const links = site.app.get(MediaLinksService);
    const media = await site.dataSource.query<{ id: string; submission_id: string }[]>(
      'SELECT id, submission_id FROM media',
    );
    const [{ id: publication }] = await site.dataSource.query<{ id: string }[]>(
      'SELECT id FROM publications WHERE submission_id = $1',
      [winners[0]],
    );
    const expires = Math.floor(Date.now() / 1000) + 3600;
    const minted = media.flatMap(({ id: mediaId, submission_id: of }) =>
      (['thumb', 'original'] as const).map((rendition) => ({
        own: of === winners[0] && rendition === 'thumb',
        link: `/api/media/${links.codec.mint({ mediaId, rendition, accountId: null, grant: publication, expires })}`,
      })),
    );
    expect(await codes(minted.filter(({ own }) => own).map(({ link }) => link))).toEqual([200]);
    expect(await codes(minted.filter(({ own }) => !own).map(({ link }) => link))).toEqual([404]);
    const claims = { mediaId: media[0].id, rendition: 'thumb' as const, accountId: null };
    const none = links.codec.mint({ ...claims, grant: null, expires });
    const ended = links.codec.mint({ ...claims, grant: publication, expires: expires - 7200 });
    expect(await codes([none, ended].map((token) => `/api/media/${token}`))).toEqual([404]);
    const own = (await entrant.get(`/submissions/${winners[0]}`)).body.media[0].links;
    expect(await codes(Object.values(own))).toEqual([404]);
  });

  it('loses a work that is taken out, at once; put back, it has other links and the old stay dead', async () => {
    const [first] = (await gallery()).works;
    const old: string[] = Object.values(first.files[0].links);
    expect((await publish(winners[0], false)).body).toEqual({ published: false });
    expect((await publish(winners[0], false)).status).toBe(200);
    expect((await gallery()).works).toHaveLength(1);
    expect(await codes(old)).toEqual([404]);
    await Promise.all([publish(winners[0], true), publish(winners[0], true)]);
    expect((await gallery()).works).toHaveLength(2);
    expect(await codes(old)).toEqual([404]);
    expect(await codes(await linksOf())).toEqual([200]);
  });

  it('takes no work without a prize, and none from others', async () => {
    expect((await publish(loser, true)).status).toBe(404);
    expect((await publish(winners[0], false, entrant)).status).toBe(403);
    const outsider = await site.entrant('外人', '13800000009');
    const { account } = (await outsider.get('/session')).body;
    await site.dataSource.query(
      `INSERT INTO role_grants (account_id, contest_id, role) VALUES ($1, gen_random_uuid(), 'organiser')`,
      [account.id],
    );
    expect((await publish(winners[0], false, outsider)).status).toBe(404);
    expect((await show('always')).status).toBe(422);
  });

  it('hides a work that no longer stands', async () => {
    await site.dataSource.query(`UPDATE submissions SET status = 'disqualified' WHERE id = $1`, [winners[1]]);
    expect((await gallery()).works).toHaveLength(1);
    await site.dataSource.query(`UPDATE submissions SET status = 'accepted' WHERE id = $1`, [winners[1]]);
  });

  it('switched off is empty, and every link that went out is dead', async () => {
    const links = await linksOf();
    await show('off');
    expect(await gallery()).toEqual({ shown: 'off', works: [] });
    expect(await codes(links)).toEqual([404]);
    expect((await publish(winners[0], true)).body.code).toBe('GALLERY.OFF');
    await show('results');
    expect(await codes(links)).toEqual([404]);
    expect((await gallery()).works).toHaveLength(2);
  });

  it.each([
    ['was disqualified', `UPDATE submissions SET status = 'disqualified' WHERE id = $1`],
    ['names nobody any more', `UPDATE submissions SET anonymised_at = dingge_now() WHERE id = $1`],
    ['is of a contest that shows none', `UPDATE contests SET gallery = 'off' WHERE $1::uuid IS NOT NULL`],
    ['is filed under another contest', `UPDATE publications SET contest_id = $1 WHERE submission_id = $1`],
    ['has no prize', `UPDATE publications SET submission_id = '{loser}' WHERE submission_id = $1`],
  ])('is told of by verify where a published work %s', async (_name, sql) => {
    expect(await site.broken()).toEqual([]);
    await site.dataSource.query(sql.replace('{loser}', loser), [winners[1]]);
    expect(await site.broken()).toContainEqual(expect.stringMatching(/^every published work /));
    await site.dataSource.query(
      `UPDATE submissions SET status = 'accepted', anonymised_at = NULL WHERE id = $1`,
      [winners[1]],
    );
    await site.dataSource.query('DELETE FROM publications');
    await show('off');
    await show('results');
    expect(await site.broken()).toEqual([]);
  });
});
