import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { encodeClip, makeFilm } from './decoder/support/film.js';
import { type Client } from './support/client.js';
import { openEvents } from './support/event-stream.js';
import { slug, startSite, type Site } from './support/site.js';
import { send, settled, until } from './support/works.js';

// Videos are encoded, sent and transcoded, and the machine may be busy.
jest.setTimeout(120_000);

let site: Site;
let entrant: Client;
let film: Buffer;

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('张三', '13800000001');
  film = await makeFilm({
    container: 'mp4',
    video: 'libx265',
    width: 1280,
    height: 720,
    rate: 30,
    seconds: 12,
  });
});
afterAll(() => site.close());

let authors = 0;
const sendFilm = async (content: Buffer, name = '短片.mp4') => {
  // Each of an own author, who may send only so many.
  authors += 1;
  const author = { name: `作者${authors}`, phone: String(13_700_000_000 + authors) };
  const answer = await send(entrant, { category: 'douyin', title: name, author, files: [{ content, name }] });
  expect(answer.status).toBe(201);
  return answer.body;
};
const mediaOf = async (id: string) => (await entrant.get(`/submissions/${id}`)).body.media[0];
/** What is wrong with a file; that one sends the same film again and again is told as well. */
const troubleOf = ({ checks }: { checks: { code: string }[] }) =>
  checks.filter(({ code }) => code !== 'OWN_DUPLICATE');
const rowOf = async (submissionId: string) =>
  (await site.dataSource.query('SELECT * FROM media WHERE submission_id = $1', [submissionId]))[0];

describe('a video', () => {
  it('tells how far it is while it is processed, and plays as MP4 afterwards', async () => {
    const stream = await openEvents(`${site.url}/api/contests/${slug}/events`, entrant.cookie);
    const { id, media } = await sendFilm(film);
    expect(media[0]).toMatchObject({ status: 'pending', progress: null });
    const seen: number[] = [];
    const done = await until(
      async () => {
        const file = await mediaOf(id);
        if (file.progress !== null) seen.push(file.progress);
        return file;
      },
      ({ status }) => status !== 'pending',
      90_000,
    );
    stream.close();
    expect(done).toMatchObject({ status: 'ready', progress: null, width: 1280, height: 720, checks: [] });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.every((percent) => Number.isInteger(percent) && percent >= 0 && percent <= 100)).toBe(true);
    // Each step, and the end, was told to the page.
    const looks = stream.events.filter(({ type, data }) => type === 'look' && data.includes(id));
    expect(looks.length).toBeGreaterThan(new Set(seen).size);
    const play = await entrant.get(done.links.play.replace(/^\/api/, ''), { range: 'bytes=0-99' });
    expect(play.status).toBe(206);
    expect(play.headers.get('content-type')).toBe('video/mp4');
  });

  it('starts from nothing when it is tried again', async () => {
    const { id } = await sendFilm(await encodeClip(2, 1));
    const { body } = await settled(entrant, id);
    expect(body.media[0].status).toBe('ready');
    await site.dataSource.query(
      `UPDATE media SET status = 'pending', attempts = 0, progress = 88, queued_at = now() - interval '1 minute'
        WHERE submission_id = $1`,
      [id],
    );
    expect((await mediaOf(id)).progress).toBe(88);
    const { body: again } = await settled(entrant, id);
    expect(again.media[0].progress).toBeNull();
    expect(await rowOf(id)).toMatchObject({ version: 2, progress: null });
  });

  it('that is longer than the category allows is refused without being decoded', async () => {
    await site.dataSource.query(
      `UPDATE categories SET limits = jsonb_set(limits, '{maxSeconds}', '3') WHERE key = 'douyin'`,
    );
    const clip = await encodeClip(4, 1);
    const { id } = await sendFilm(clip, '太长.mp4');
    const { body } = await settled(entrant, id);
    expect(body.media[0]).toMatchObject({ status: 'failed', error: { code: 'MEDIA.TOO_LONG' } });
    await site.dataSource.query(
      `UPDATE categories SET limits = jsonb_set(limits, '{maxSeconds}', '600') WHERE key = 'douyin'`,
    );
  });

  it('may be WebM; photos sent behind several videos do not wait for them', async () => {
    const webm = await makeFilm({
      container: 'webm',
      video: 'libvpx-vp9',
      width: 640,
      height: 360,
      rate: 25,
      seconds: 3,
      sound: { encoder: 'libopus', rate: 48_000, channels: 2 },
    });
    const films = [];
    for (const content of [webm, film, film, film]) {
      films.push(await sendFilm(content, content === webm ? '片.webm' : '片.mp4'));
    }
    const { body: photo } = await send(entrant);
    await settled(entrant, photo.id);
    const waiting = await Promise.all(films.map(({ id }) => mediaOf(id)));
    expect(waiting.filter(({ status }) => status === 'pending').length).toBeGreaterThanOrEqual(2);
    for (const { id } of films) {
      const file = await until(
        () => mediaOf(id),
        ({ status }) => status !== 'pending',
        110_000,
      );
      expect(file.status).toBe('ready');
      expect(troubleOf(file)).toEqual([]);
      // None was tried twice: waiting for its turn is no attempt.
      expect(await rowOf(id)).toMatchObject({ attempts: 1, version: 1 });
    }
  });

  it('whose sound cannot be kept says so', async () => {
    const clip = await makeFilm({
      container: 'mp4',
      video: 'libx264',
      width: 320,
      height: 180,
      rate: 25,
      seconds: 2,
      sound: { encoder: 'aac', rate: 48_000, channels: 2 },
    });
    for (const name of ['mp4a', 'esds']) clip.write('zzzz', clip.indexOf(name, 0, 'latin1'), 'latin1');
    const { id } = await sendFilm(clip, '无声.mp4');
    const { body } = await settled(entrant, id);
    expect(body.media[0].status).toBe('ready');
    expect(troubleOf(body.media[0])).toEqual([{ code: 'SOUND_LOST', params: {} }]);
  });
});
