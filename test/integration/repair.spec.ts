import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { FailedFiles } from '../../src/media/failed-files.js';
import { MediaSweeper } from '../../src/media/media-sweeper.js';
import { Media } from '../../src/media/media.entity.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges, photo, send, settled, until } from './support/works.js';

let site: Site;
let entrant: Client;
/** Works that are left behind would use up their author's limit. */
let authors = 0;
const author = () => ({ name: '作者', phone: `1371000${String(++authors).padStart(4, '0')}` });

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

const deadlineIn = (interval: string) =>
  site.dataSource.query(`UPDATE contests SET closes_at = dingge_now() + $1::interval`, [interval]);
const now = async (): Promise<Date> =>
  (await site.dataSource.query<{ now: Date }[]>('SELECT dingge_now() AS now'))[0].now;
const inHours = async (hours: number) => new Date((await now()).getTime() + hours * 3600_000).toISOString();
const decide = (id: string, decision: string, more: Record<string, unknown> = {}) =>
  site.organiser.post(`/submissions/${id}/screening`, { decision, reason: '请上传原图', ...more });
const consent = async () => (await entrant.get(`/contests/${slug}`)).body.consentVersion as string;
const submit = async (id: string) => entrant.post(`/submissions/${id}/submit`, { consent: await consent() });
const rowOf = async (id: string) =>
  (await site.dataSource.query('SELECT * FROM submissions WHERE id = $1', [id]))[0];
const filesOf = (id: string) => site.dataSource.query('SELECT * FROM media WHERE submission_id = $1', [id]);

async function sent(work: Parameters<typeof send>[1] = {}): Promise<string> {
  const { body } = await send(entrant, { author: author(), ...work });
  await settled(entrant, body.id);
  return body.id as string;
}

describe('a work that the organiser sent back', () => {
  it('has 48 hours, or until the deadline where that is later', async () => {
    await deadlineIn('10 days');
    const early = await sent();
    const { body } = await decide(early, 'return');
    const { body: contest } = await entrant.get(`/contests/${slug}`);
    expect(body).toMatchObject({ status: 'returned', repairUntil: contest.closesAt });
    await deadlineIn('1 hour');
    const late = await sent();
    const { body: returned } = await decide(late, 'return');
    const hours = (new Date(returned.repairUntil).getTime() - (await now()).getTime()) / 3600_000;
    expect(hours).toBeGreaterThan(47.9);
    expect(hours).toBeLessThanOrEqual(48);
  });

  it('has the date that he names, but never one before the deadline; one that makes no sense is refused', async () => {
    await deadlineIn('2 days');
    const id = await sent();
    const named = await inHours(90);
    expect((await decide(id, 'return', { until: named })).body.repairUntil).toBe(named);
    const { body: contest } = await entrant.get(`/contests/${slug}`);
    expect((await decide(id, 'return', { until: await inHours(3) })).body.repairUntil).toBe(contest.closesAt);
    for (const wrong of [await inHours(-1), await inHours(93 * 24)]) {
      expect(await decide(id, 'return', { until: wrong })).toMatchObject({
        status: 422,
        body: { code: 'SCREENING.UNTIL_INVALID' },
      });
    }
    for (const nonsense of ['tomorrow', '2026-02-30T00:00:00Z', 7]) {
      expect((await decide(id, 'return', { until: nonsense })).body.code).toBe('REQUEST.INVALID');
    }
  });

  it('may be mended and submitted after the deadline until its own date, and not from that instant on', async () => {
    await deadlineIn('1 hour');
    const [mended, late] = [await sent(), await sent()];
    for (const id of [mended, late]) await decide(id, 'return', { until: await inHours(30) });
    await site.moveClock('29 hours 59 minutes');
    const file = new FormData();
    file.append('files', new Blob([new Uint8Array(await photo())]), 'b.jpg');
    const [old] = (await entrant.get(`/submissions/${mended}`)).body.media;
    expect((await entrant.delete(`/submissions/${mended}/files/${old.id}`)).status).toBe(200);
    expect((await entrant.post(`/submissions/${mended}/files`, file)).status).toBe(201);
    expect((await entrant.patch(`/submissions/${mended}`, { title: '补好了' })).body.status).toBe('returned');
    expect((await submit(mended)).body).toMatchObject({
      status: 'submitted',
      repairUntil: null,
      reason: null,
    });
    // Submitted again it is with the organiser: only a deadline that is over counts now.
    expect((await entrant.patch(`/submissions/${mended}`, { title: '再改' })).body.code).toBe(
      'SUBMISSION.CLOSED',
    );
    expect(await rowOf(mended)).toMatchObject({ repair_until: null, repair_reminder_at: null });

    await site.dataSource.query(
      `UPDATE submissions SET repair_until = clock_timestamp() + interval '31 hours' WHERE id = $1`,
      [late],
    );
    await site.moveClock('30 hours 59 minutes 55 seconds');
    expect((await entrant.patch(`/submissions/${late}`, { title: '还来得及' })).status).toBe(200);
    await site.moveClock('31 hours');
    const changes = [
      () => entrant.patch(`/submissions/${late}`, { title: '太晚' }),
      () => submit(late),
      () => entrant.put(`/submissions/${late}/order`, { media: [] }),
      () => entrant.post(`/submissions/${late}/withdraw`),
    ];
    for (const change of changes) {
      expect(await change()).toMatchObject({ status: 409, body: { code: 'SUBMISSION.REPAIR_OVER' } });
    }
    // The organiser may give it another date.
    await decide(late, 'return', { until: await inHours(1) });
    expect((await entrant.patch(`/submissions/${late}`, { title: '再给一次' })).status).toBe(200);
    await site.moveClock('0');
  });

  it('is one of many, with the same date for all', async () => {
    await deadlineIn('1 hour');
    const ids = [await sent(), await sent()];
    const named = await inHours(60);
    const { body } = await site.organiser.post(`/contests/${slug}/screening`, {
      ids,
      decision: 'return',
      reason: '请补充说明',
      until: named,
    });
    expect(body).toEqual({ done: 2, refused: [] });
    for (const id of ids) expect((await entrant.get(`/submissions/${id}`)).body.repairUntil).toBe(named);
  });

  it('has no date any more once it is decided otherwise', async () => {
    const id = await sent();
    await decide(id, 'return');
    await decide(id, 'accept');
    expect(await rowOf(id)).toMatchObject({
      status: 'accepted',
      repair_until: null,
      repair_reminder_at: null,
    });
  });
});

describe('an accepted work that its entrant changes before the deadline', () => {
  it('goes back to screening; after the deadline it can’t be changed', async () => {
    await deadlineIn('1 hour');
    const [id] = await acceptedWorks(site.organiser, entrant, [{ author: author() }]);
    expect((await entrant.get(`/submissions/${id}`)).body.status).toBe('accepted');
    expect((await entrant.patch(`/submissions/${id}`, { story: '又想起一句' })).body.status).toBe(
      'submitted',
    );
    await decide(id, 'accept', { reason: null });
    await site.moveClock('2 hours');
    expect((await entrant.patch(`/submissions/${id}`, { story: '晚了' })).body.code).toBe(
      'SUBMISSION.CLOSED',
    );
    await site.moveClock('0');
  });
});

describe('a file that can’t be used', () => {
  const broken = async () => ({
    files: [
      {
        content: (
          await sharp({
            create: { width: 800, height: 800, channels: 3, background: { r: ++authors % 256, g: 9, b: 9 } },
          })
            .jpeg()
            .toBuffer()
        ).subarray(0, 2500),
        name: 'x.jpg',
      },
    ],
  });
  const hoursLeft = async (id: string) =>
    ((await rowOf(id)).repair_until.getTime() - (await now()).getTime()) / 3600_000;

  it('sends its work back, with the contest’s 24 hours where the deadline is nearer, and writes that down', async () => {
    await deadlineIn('1 hour');
    const id = await sent(await broken());
    const { body } = await entrant.get(`/submissions/${id}`);
    expect(body).toMatchObject({ status: 'returned', reason: null, media: [{ status: 'failed' }] });
    expect(await hoursLeft(id)).toBeGreaterThan(23.9);
    expect(await hoursLeft(id)).toBeLessThanOrEqual(24);
    const [entry] = await site.dataSource.query(
      `SELECT actor_id, facts FROM audit_entries WHERE action = 'submission.returned' AND facts->>'submission' = $1`,
      [id],
    );
    expect(entry).toMatchObject({
      actor_id: null,
      facts: { media: body.media[0].id, error: 'MEDIA.TRUNCATED', until: body.repairUntil },
    });

    // Mended after the deadline, within its own time.
    await site.moveClock('20 hours');
    await entrant.delete(`/submissions/${id}/files/${body.media[0].id}`);
    const file = new FormData();
    file.append('files', new Blob([new Uint8Array(await photo())]), 'b.jpg');
    expect((await entrant.post(`/submissions/${id}/files`, file)).status).toBe(201);
    expect((await submit(id)).body.status).toBe('submitted');
    await site.moveClock('0');
  });

  it('does so until the deadline where that is further off, and for as long as the contest says', async () => {
    await deadlineIn('5 days');
    const early = await sent(await broken());
    expect(await hoursLeft(early)).toBeGreaterThan(119);
    await deadlineIn('1 minute');
    await site.dataSource.query('UPDATE contests SET repair_hours = 6');
    const late = await sent(await broken());
    expect(await hoursLeft(late)).toBeGreaterThan(5.9);
    expect(await hoursLeft(late)).toBeLessThanOrEqual(6);
    await site.dataSource.query('UPDATE contests SET repair_hours = 24');
    await deadlineIn('1 hour');
  });

  it('leaves drafts, works in judging and files that were taken out as they are', async () => {
    const draft = await sent({ ...(await broken()), draft: 'true' });
    expect((await entrant.get(`/submissions/${draft}`)).body.status).toBe('draft');

    const held = await sent();
    const judged = await sent();
    await decide(judged, 'accept', { reason: null });
    const panel = await judges(site.organiser, 3);
    const { body: contest } = await entrant.get(`/contests/${slug}`);
    const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'photo',
      name: '初评',
      kind: 'score',
      criteria: contest.categories[0].criteria,
      judges: panel.map(({ id }) => id),
      perSubmission: null,
      method: 'auto',
    });
    expect((await site.organiser.post(`/rounds/${round.id}/open`)).status).toBe(200);
    await failAgain(judged);
    expect(await rowOf(judged)).toMatchObject({ status: 'accepted', in_judging: true, repair_until: null });
    expect((await filesOf(judged))[0].status).toBe('failed');
    await tryAgain(judged);

    await site.dataSource.query('UPDATE media SET live = false WHERE submission_id = $1', [held]);
    await failAgain(held);
    expect((await rowOf(held)).status).toBe('submitted');
    await site.dataSource.query('UPDATE media SET live = true WHERE submission_id = $1', [held]);
  });

  /** Has the work's only file processed again, with no try left. */
  async function failAgain(id: string): Promise<void> {
    await site.dataSource.query(
      `UPDATE media SET status = 'pending', version = version + 1, attempts = 3, error = 'MEDIA.DECODER_CRASHED',
              queued_at = clock_timestamp() - interval '1 minute' WHERE submission_id = $1`,
      [id],
    );
    await site.app.get(MediaSweeper).sweep();
    await until(
      () => filesOf(id),
      ([{ status }]) => status === 'failed',
    );
  }

  /** As an operator would, who has put right what was wrong with the server. */
  async function tryAgain(id: string): Promise<void> {
    await site.dataSource.query(
      `UPDATE media SET status = 'pending', version = version + 1, attempts = 0, error = NULL,
              queued_at = clock_timestamp() - interval '1 minute' WHERE submission_id = $1`,
      [id],
    );
    await site.app.get(MediaSweeper).sweep();
    await settled(entrant, id);
  }

  it('counts only for the version that the row still has: a sweep hands it out again, and that run decides', async () => {
    const id = await sent();
    const file = await site.dataSource.manager.findOneByOrFail(Media, { submissionId: id });
    // As when a job was given up for lost and then fails after all: its version is no longer the row's.
    await site.dataSource.transaction((manager) =>
      site.app.get(FailedFiles).handle(manager, file, 'MEDIA.UNREADABLE', () => Promise.resolve(false)),
    );
    expect(await rowOf(id)).toMatchObject({ status: 'submitted', repair_until: null });
    await tryAgain(id);
    expect(await rowOf(id)).toMatchObject({ status: 'submitted', repair_until: null });
  });

  it('that an operator has processed again leaves the work with its entrant, who submits it as it is', async () => {
    const id = await sent();
    await failAgain(id);
    expect((await rowOf(id)).status).toBe('returned');
    expect((await submit(id)).body.code).toBe('SUBMISSION.FILE_FAILED');
    await tryAgain(id);
    expect(await rowOf(id)).toMatchObject({ status: 'returned' });
    expect((await submit(id)).body).toMatchObject({ status: 'submitted', repairUntil: null });
  });

  it('leaves every invariant whole', async () => {
    expect(await site.broken()).toEqual([]);
  });
});
