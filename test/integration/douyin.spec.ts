import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeClip } from './decoder/support/film.js';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { announce } from './support/tus.js';
import { judges, photo, send, settled, until, type WorkForm } from './support/works.js';

let site: Site;
let zhang: Client;
let li: Client;
let clip: Buffer;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
  li = await site.entrant('李四', '13800000002');
  clip = await encodeClip(2, 0);
});
afterAll(() => site.close());

/** What works of the category of videos consist of from now on. */
const worksAre = (entry: 'file' | 'link' | 'both', linkRequired = false) =>
  site.dataSource.query(`UPDATE categories SET entry = $1, link_required = $2 WHERE key = 'douyin'`, [
    entry,
    linkRequired,
  ]);
let drawn = 0;
/** A text as the app gives it, with a link of its own. */
const shareText = (code = `iCode${(drawn += 1)}`) =>
  `3.00 复制打开抖音，看看【某某的作品】晨渡 # 幸福社区 https://v.douyin.com/${code}/ 04/18 xXx:/`;
const longLink = (end: number) =>
  `https://www.douyin.com/video/72526957821708${String(end).padStart(5, '0')}`;
const link = (client: Client, douyinText?: string, fields: WorkForm = {}) =>
  send(client, {
    category: 'douyin',
    files: [],
    ...(douyinText === undefined ? {} : { douyinText }),
    ...fields,
  });
/** A clip that nobody sent before: what is behind the last box counts for nothing but the hash. */
const film = () => ({ content: Buffer.concat([clip, freeBox((drawn += 1))]), name: '短片.mp4' });
const freeBox = (value: number) =>
  Buffer.from([0, 0, 0, 12, ...Buffer.from('free'), 0, 0, value >> 8, value & 255]);
const onDesk = async (id: string): Promise<Answer['body']> => {
  const { body } = await site.organiser.get(`/contests/${slug}/screening?status=all&limit=200`);
  return body.items.find((item: { id: string }) => item.id === id);
};
const codes = (work: Answer['body']) => work.checks.map(({ code }: { code: string }) => code);

describe('a category of files with links', () => {
  it('says so, and takes a work without a link; form and desk say that it is missing', async () => {
    const { body } = await zhang.get(`/contests/${slug}`);
    expect(body.categories).toMatchObject([
      { key: 'photo', entry: 'file', linkRequired: false },
      { key: 'douyin', entry: 'both', linkRequired: false },
    ]);
    const sent = await send(zhang, { category: 'douyin', files: [film()] });
    expect(sent).toMatchObject({ status: 201, body: { status: 'submitted', douyinText: '' } });
    expect(codes(sent.body)).toEqual(['DOUYIN_LINK_MISSING']);
    expect(codes(await onDesk(sent.body.id))).toEqual(['DOUYIN_LINK_MISSING']);
    const asked = await zhang.patch(`/submissions/${sent.body.id}`, { douyinText: shareText() });
    expect(codes(asked.body)).toEqual([]);
  });

  it('requires the file', async () => {
    expect((await link(zhang, shareText())).body.code).toBe('SUBMISSION.NO_FILE');
  });

  it.each([
    ['我在抖音发了', 'none'],
    ['https://www.douyin.com/user/MS4wLjABAAAAK8yyhMzdNAty', 'profile'],
    [`https://douyin.com.evil.example/video/7252695782170873088`, 'foreign'],
    ['https://www.douyin.com/note/7252695782170873099', 'note'],
    ['7.66 B@T.IP 03/03 baN/: :4pm 《春风》', 'code'],
  ])('keeps %s as typed, and says what it is', async (douyinText, kind) => {
    const author = { name: '各人', phone: `1370000${String((drawn += 1)).padStart(4, '0')}` };
    const sent = await send(zhang, { category: 'douyin', author, douyinText, files: [film()] });
    expect(sent).toMatchObject({ status: 201, body: { douyinText } });
    expect(sent.body.checks).toEqual([{ code: 'DOUYIN_NO_VIDEO', params: { kind } }]);
  });

  it('refuses a missing link where the organiser wants it so, as an error of the field', async () => {
    await worksAre('both', true);
    for (const [douyinText, message] of [
      ['', '没有找到抖音视频的链接。'],
      ['https://www.kuaishou.com/f/X34s4ikwqfv7vZN', '这不是抖音的链接。'],
      ['https://live.douyin.com/741891423654', '这是直播间的链接，不是视频。'],
    ]) {
      const { status, body } = await send(zhang, { category: 'douyin', douyinText, files: [film()] });
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'REQUEST.INVALID' });
      expect(body.errors).toEqual([{ path: 'douyinText', message: expect.stringContaining(message) }]);
    }
    const { body: draft } = await send(zhang, { category: 'douyin', draft: 'true', files: [film()] });
    const submit = () => zhang.post(`/submissions/${draft.id}/submit`, { consent: '2019-2' });
    expect((await submit()).body.errors).toMatchObject([{ path: 'douyinText' }]);
    await zhang.patch(`/submissions/${draft.id}`, { douyinText: shareText() });
    expect((await submit()).body.status).toBe('submitted');
    // What is no longer complete is a draft again.
    expect((await zhang.patch(`/submissions/${draft.id}`, { douyinText: '' })).body.status).toBe('draft');
    await worksAre('both');
  });
});

describe('the same work of Douyin', () => {
  beforeAll(() => worksAre('link'));

  it('is refused to its author, who is told which work it is', async () => {
    const { body: first } = await link(zhang, longLink(1));
    for (const text of [longLink(1), `看看 ${longLink(1)}?utm_source=copy`, '7252695782170800001']) {
      const again = await link(zhang, text);
      expect(again).toMatchObject({ status: 409, body: { code: 'SUBMISSION.DOUYIN_TWICE' } });
      expect(again.body.detail).toContain(first.number);
    }
    await zhang.post(`/submissions/${first.id}/withdraw`);
    expect((await link(zhang, longLink(1))).status).toBe(201);
  });

  it('is known by its short code too, in which case counts', async () => {
    const { body: first } = await link(zhang, shareText('iRNBho6u'));
    const again = await link(zhang, 'HTTPS://V.DOUYIN.COM/iRNBho6u 谢谢');
    expect(again.body).toMatchObject({ code: 'SUBMISSION.DOUYIN_TWICE' });
    expect(again.body.detail).toContain(first.number);
    expect((await link(zhang, shareText('irnbho6u'))).status).toBe(201);
  });

  it('may stand in a draft, which says so, and is refused when it is submitted', async () => {
    const author = { name: '王五', phone: '13700000005' };
    const { body: first } = await link(zhang, longLink(5), { author });
    const { body: draft } = await link(zhang, '', { draft: 'true', author });
    const typed = await zhang.patch(`/submissions/${draft.id}`, { douyinText: longLink(5) });
    expect(typed).toMatchObject({ status: 200, body: { douyinText: longLink(5) } });
    expect(typed.body.checks).toEqual([
      { code: 'DOUYIN_TWICE', params: { number: first.number, title: first.title } },
    ]);
    const submitted = await zhang.post(`/submissions/${draft.id}/submit`, { consent: '2019-2' });
    expect(submitted.body.code).toBe('SUBMISSION.DOUYIN_TWICE');
    // So is changing a work that was sent, or its author, into the same.
    const { body: other } = await link(zhang, longLink(6), { author });
    expect((await zhang.patch(`/submissions/${other.id}`, { douyinText: longLink(5) })).body.code).toBe(
      'SUBMISSION.DOUYIN_TWICE',
    );
    const { body: third } = await link(zhang, longLink(5), {
      author: { name: '赵六', phone: '13700000006' },
    });
    const moved = await zhang.patch(`/submissions/${third.id}`, { author });
    expect(moved.body.code).toBe('SUBMISSION.DOUYIN_TWICE');
    expect(moved.body.detail).toContain(first.number);
  });

  it('is taken once of fifty equal requests at once', async () => {
    const client = await site.entrant('急性子', '13800000009');
    const text = shareText();
    const answers = await Promise.all(Array.from({ length: 50 }, () => link(client, text)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['SUBMISSION.DOUYIN_TWICE']));
  });

  // SECURITY.md: another's is accepted, both are flagged at the desk, and neither learns of the other.
  it('is accepted of another, flagged at the desk, and neither entrant learns of the other', async () => {
    const { body: mine } = await link(zhang, longLink(7), { author: { name: '甲', phone: '13700000007' } });
    const before = (await zhang.get(`/submissions/${mine.id}`)).body;
    const { status, body: theirs } = await link(li, longLink(7));
    expect(status).toBe(201);
    for (const [client, own, other] of [
      [zhang, mine, theirs],
      [li, theirs, mine],
    ] as const) {
      const { body: shown } = await client.get(`/submissions/${own.id}`);
      expect(shown.checks).toEqual([]);
      const { body: list } = await client.get(`/contests/${slug}/submissions?mine=1`);
      for (const text of [JSON.stringify(shown), JSON.stringify(list)]) {
        expect(text).not.toContain(other.number);
        expect(text).not.toContain(other.id);
        expect(text).not.toContain('DOUYIN_SEEN');
      }
    }
    expect((await zhang.get(`/submissions/${mine.id}`)).body).toEqual(before);
    const seen = (number: string) => ({ code: 'DOUYIN_SEEN', params: { numbers: number } });
    expect((await onDesk(mine.id)).checks).toContainEqual(seen(theirs.number));
    expect((await onDesk(theirs.id)).checks).toContainEqual(seen(mine.number));
    // Trying it once more tells nothing of the other either.
    const again = await link(li, longLink(7));
    expect(again.body.detail).toContain(theirs.number);
    expect(JSON.stringify(again.body)).not.toContain(mine.number);
  });
});

describe('a category of links alone', () => {
  let panel: { id: string; client: Client }[];
  let work: Answer['body'];

  it('takes no file, whichever way it comes, and nothing without a link', async () => {
    await worksAre('link');
    const sent = await send(zhang, { category: 'douyin', douyinText: shareText(), files: [film()] });
    expect(sent).toMatchObject({ status: 422, body: { code: 'SUBMISSION.LINK_ONLY' } });
    const { body: draft } = await link(zhang, shareText(), { draft: 'true' });
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(clip)]), '短片.mp4');
    expect((await zhang.post(`/submissions/${draft.id}/files`, form)).body.code).toBe('SUBMISSION.LINK_ONLY');
    const announced = await announce(zhang, { submission: draft.id, bytes: clip.length });
    expect(announced.body.code).toBe('SUBMISSION.LINK_ONLY');
    expect((await link(zhang)).body.errors).toMatchObject([{ path: 'douyinText' }]);
  });

  it('is screened without files, and judged by links in a round that says that it is not anonymous', async () => {
    work = (await link(li, shareText('iJudged1'), { author: { name: '乙', phone: '13700000008' } })).body;
    expect(work).toMatchObject({ status: 'submitted', media: [] });
    const screened = await site.organiser.post(`/submissions/${work.id}/screening`, { decision: 'accept' });
    expect(screened.status).toBeLessThan(300);
    panel = await judges(site.organiser, 3);
    const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'douyin',
      name: '链接评审',
      judges: panel.map(({ id }) => id),
    });
    expect(round.anonymous).toBe(false);
    expect((await site.organiser.post(`/rounds/${round.id}/open`)).body).toMatchObject({
      status: 'open',
      anonymous: false,
    });
    for (const { client } of panel) {
      const { body: list } = await client.get(`/rounds/${round.id}/tasks`);
      expect(list.round.anonymous).toBe(false);
      expect(list.items[0].submission).toMatchObject({ link: 'https://v.douyin.com/iJudged1/', media: [] });
      expect((await client.get('/judge/rounds')).body.items[0].anonymous).toBe(false);
      const marks = { c1: 80, c2: 80, c3: 80 };
      await client.put(`/tasks/${list.items[0].id}/sheet`, { marks, submitted: true });
    }
    await site.organiser.post(`/rounds/${round.id}/close`);
    const result = await site.organiser.post(`/contests/${slug}/results`, { category: 'douyin' });
    expect(result.body).toMatchObject({
      round: { anonymous: false },
      ranking: [{ submission: { thumb: null } }],
    });
    expect((await site.organiser.post(`/results/${result.body.id}/lock`)).status).toBeLessThan(300);
    for (const file of ['winners.xlsx', 'winners.csv', 'scores.xlsx']) {
      expect((await site.organiser.get(`/contests/${slug}/exports/${file}`)).status).toBe(200);
    }
  });

  it('gives no link to judges of other categories', async () => {
    const photos = await Promise.all(
      [1, 2].map(async (n) =>
        send(li, {
          title: `照片${n}`,
          douyinText: shareText(`iSecret${n}`),
          files: [{ content: await photo(), name: '照片.jpg' }],
        }),
      ),
    );
    const ids = photos.map(({ body }) => body.id as string);
    for (const id of ids) await settled(li, id);
    await site.organiser.post(`/contests/${slug}/screening`, { ids, decision: 'accept' });
    const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'photo',
      name: '照片',
      judges: panel.map(({ id }) => id),
    });
    expect((await site.organiser.post(`/rounds/${round.id}/open`)).body.anonymous).toBe(true);
    const { body: list } = await panel[0].client.get(`/rounds/${round.id}/tasks`);
    expect(list.items.map(({ submission }: Answer['body']) => submission.link)).toEqual([null, null]);
    expect(JSON.stringify(list)).not.toMatch(/douyin\.com|iSecret/);
  });

  it('leaves every invariant whole', async () => {
    // The works that came with files while the category took them are none of links.
    await site.dataSource.query(
      `UPDATE submissions s SET status = 'withdrawn' FROM media m WHERE m.submission_id = s.id AND m.kind = 'video'`,
    );
    await site.dataSource.query(`UPDATE media SET live = false WHERE kind = 'video'`);
    await until(
      () => site.dataSource.query<unknown[]>(`SELECT FROM media WHERE status = 'pending'`),
      (pending) => pending.length === 0,
      60_000,
    );
    expect(await site.broken()).toEqual([]);
  });
});
