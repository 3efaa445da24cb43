import { expect, test, type Page } from '@playwright/test';
import { openJudgingSite, pictures, type Judge, type JudgingSite } from './support/judging-site.ts';

/**
 * Rounds of pass or fail and of tokens; what the organiser says and does meanwhile: instructions, deadline, a pause; and
 * a list that comes by pages. With JUDGE_PICTURES=<folder> it takes pictures of the pages.
 */
test.describe.configure({ mode: 'serial' });
test.use({ actionTimeout: 20_000 });

const many = 700;
let site: JudgingSite;
let judge: Judge;
let round: string;

test.beforeAll(async () => {
  site = await openJudgingSite();
  await site.works('photo', await pictures(9, 900, 600));
  judge = await site.judge();
});
test.afterAll(async () => {
  await site?.stop();
});
test.afterEach(async () => {
  await site.organiser.post(`/rounds/${round}/close`, { reason: '测试结束' });
});

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['JUDGE_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}-${page.viewportSize()?.width}.png` });
}

const code = (page: Page) => page.locator('[data-code]').innerText();
const state = (page: Page, text: string | RegExp) =>
  page.getByRole('status').filter({ hasText: text }).first();

async function enter(page: Page): Promise<Page> {
  await page.goto(`/judge/rounds/${round}`);
  await expect(page.locator('[data-cell], [data-code]').first()).toBeVisible();
  return page;
}

async function list(): Promise<
  { id: string; submission: { code: string }; sheet: { marks: Record<string, number | null> } | null }[]
> {
  return (await (await site.client(judge)).get(`/rounds/${round}/tasks`)).body.items;
}
const decisions = async (criterion: string) =>
  (await list()).map(({ sheet }) => sheet?.marks[criterion] ?? null);

test('pass or fail by P, X and U, and by two large buttons', async ({ browser }) => {
  round = await site.round('photo', [judge], { kind: 'pass', quorum: 1, passPercent: 50 });
  const page = await enter(await site.browse(browser, judge));
  await page.keyboard.press('e');
  const works = await list();
  await page.keyboard.press('p');
  await expect.poll(() => code(page)).toBe(works[1].submission.code);
  await page.keyboard.press('x');
  await page.keyboard.press('p');
  await expect.poll(() => code(page)).toBe(works[3].submission.code);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('u');
  // Digits are no marks here.
  await page.keyboard.press('5');
  await expect(state(page, /^已保存$/)).toBeVisible();
  expect((await decisions('pass')).slice(0, 4)).toEqual([1, 0, null, null]);
  await page.keyboard.press('Control+z');
  await expect(page.locator('aside')).toContainText('通过');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await code(page)).toBe(works[1].submission.code);
  await shoot(page, 'pass');

  const phone = await enter(
    await site.browse(browser, judge, { viewport: { width: 390, height: 844 }, hasTouch: true }),
  );
  await phone.locator('[data-cell]').nth(4).tap();
  for (const name of ['不通过', '通过']) {
    const button = phone.getByRole('button', { name, exact: true });
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(64);
    await button.tap();
  }
  await shoot(phone, 'pass');
  await expect(state(phone, /^已保存$/)).toBeVisible();
  expect((await decisions('pass')).slice(4, 6)).toEqual([0, 1]);
  await phone.getByRole('button', { name: '网格' }).tap();
  await expect(phone.getByRole('button', { name: /，不通过/ })).toHaveCount(1);
  await shoot(phone, 'pass-grid');
  await phone.getByRole('button', { name: '更多' }).tap();
  await phone.getByRole('button', { name: '我的统计' }).tap();
  await expect(phone.getByRole('dialog', { name: '我的统计' })).toContainText('不通过');
  await shoot(phone, 'pass-statistics');
});

test('tokens: so many and no more, the bar says how many are left, done when all are laid', async ({
  browser,
}) => {
  round = await site.round('photo', [judge], { kind: 'tokens', tokens: 3 });
  const page = await enter(await site.browse(browser, judge));
  await expect(page.getByText('还有 3 票，共 3 票')).toBeVisible();
  // In the grid, too: it is there that one picks.
  for (const place of [0, 2, 4]) {
    await page.keyboard.press('Home');
    for (let step = 0; step < place; step++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('p');
  }
  await expect(page.getByText('还有 0 票，共 3 票')).toBeVisible();
  const dialog = page.getByRole('dialog', { name: '全部投完' });
  await expect(dialog).toBeVisible();
  await page.getByRole('button', { name: '再看看' }).click();
  await shoot(page, 'tokens-grid');
  expect((await decisions('token')).slice(0, 6)).toEqual([1, null, 1, null, 1, null]);

  // The fourth is refused here, and by the server if this page did not know.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('p');
  await expect(state(page, '3 票已经投完')).toBeVisible();
  expect((await decisions('token'))[5]).toBeNull();
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: '投出一票' })).toBeDisabled();
  await page.keyboard.press('Home');
  await shoot(page, 'tokens');
  await page.keyboard.press('x');
  await expect(page.getByText('还有 1 票，共 3 票')).toBeVisible();
  await expect(page.getByText('全部投完')).toHaveCount(0);
  await expect(state(page, /^已保存$/)).toBeVisible();
  expect((await decisions('token'))[0]).toBe(0);

  const client = await site.client(judge);
  const works = await list();
  await client.put(`/tasks/${works[7].id}/sheet`, { marks: { token: 1 }, submitted: true });
  await page.keyboard.press('p');
  const refused = page.getByRole('dialog', { name: `作品 ${works[0].submission.code} 的评分没有保存` });
  await expect(refused).toContainText('先从别的作品收回一票');
  await refused.getByRole('button', { name: '放弃这次修改' }).click();
  expect(
    (await client.get('/judge/rounds')).body.items.find(({ id }: { id: string }) => id === round),
  ).toMatchObject({
    kind: 'tokens',
    done: 3,
    total: 3,
  });
});

test('the instructions come before the first work, once; a pause makes the room read-only, and ends by itself', async ({
  browser,
}) => {
  const instructions = '先看画面，再看题目。\n同一社区的作品不必平均。';
  round = await site.round('photo', [judge], {
    instructions,
    comments: false,
    deadlineAt: '2031-09-20T10:00:00Z',
    criteria: [{ name: '总分', weight: 1, min: 0, max: 100, step: 1 }],
  });
  const page = await site.browse(browser, judge);
  await page.goto('/judge');
  await expect(page.getByText('请在 9月20日 18:00 前完成')).toBeVisible();
  await shoot(page, 'rounds');
  await enter(page);
  const dialog = page.getByRole('dialog', { name: '评审须知' });
  await expect(dialog).toContainText('同一社区的作品不必平均。');
  await shoot(page, 'instructions');
  await dialog.getByRole('button', { name: '知道了' }).click();
  await page.keyboard.press('e');
  await expect(page.getByText('截止 9月20日 18:00')).toBeVisible();
  // Comments are not wanted in this round; notes are the judge's own.
  await expect(page.getByLabel('给作者的评语')).toHaveCount(0);
  await expect(page.getByLabel('私人笔记')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-code]')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('i');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');

  expect((await site.organiser.post(`/rounds/${round}/pause`, { reason: '复核章程' })).status).toBe(200);
  await page.keyboard.type('77');
  await page.keyboard.press('Enter');
  await expect(state(page, '主办方暂停了本轮')).toBeVisible();
  await expect(state(page, '已暂停 1')).toBeVisible();
  await shoot(page, 'paused');
  const [own] = await list();
  expect(own.sheet).toBeNull();
  expect((await site.organiser.post(`/rounds/${round}/resume`)).status).toBe(200);
  await expect(state(page, /^已保存$/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('主办方暂停了本轮')).toHaveCount(0);
  expect((await list())[0].sheet?.marks).toEqual({ c1: 77 });
});

test('a list of many pages: counts, the next unscored and all done are true while it comes', async ({
  browser,
}) => {
  await site.copies('photo', many);
  round = await site.round('photo', [judge], {
    criteria: [{ name: '总分', weight: 1, min: 0, max: 100, step: 1 }],
  });
  const works = await list();
  expect(works).toHaveLength(many);
  // All but three are judged, elsewhere: one on the first page, two on the last.
  const open = [50, 640, 655];
  await site.db.query(
    `WITH done AS (UPDATE tasks SET state = 'submitted', version = 1 WHERE id = ANY($1) RETURNING id, judge_id)
     INSERT INTO sheet_versions (task_id, version, marks, submitted, actor_id, saved_at)
     SELECT id, 1, '{"c1": 70}', true, judge_id, now() FROM done`,
    [works.flatMap(({ id }, place) => (open.includes(place) ? [] : [id]))],
  );
  const page = await site.browse(browser, judge);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/tasks?*cursor=*', async (route) => {
    await held;
    await route.continue();
  });
  await enter(page);
  await page.keyboard.press('e');
  await expect(page.getByText(`${many - 3} / ${many}`)).toBeVisible();
  expect(await code(page)).toBe(works[50].submission.code);
  // Two digits are taken by themselves; the Enter that comes after them is not another one, however late.
  await page.keyboard.type('81');
  await expect(page.getByText(`${many - 2} / ${many}`)).toBeVisible();
  await page.waitForTimeout(1_500);
  await page.keyboard.press('Enter');
  await expect(state(page, /^已保存$/)).toBeVisible();
  // The next unscored is not here yet: the room goes there as soon as it is.
  expect(await code(page)).toBe(works[50].submission.code);
  await page.keyboard.press('End');
  await expect(page.locator('main').getByText('正在载入')).toBeVisible();
  await page.keyboard.press('n');
  release();
  await expect.poll(() => code(page)).toBe(works[640].submission.code);
  await page.keyboard.type('82');
  await page.keyboard.press('Enter');
  await expect.poll(() => code(page)).toBe(works[655].submission.code);
  await expect(page.getByText('全部评完')).toHaveCount(0);
  await page.keyboard.type('83');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: '全部评完' })).toBeVisible();
  await page.getByRole('button', { name: '再看看' }).click();

  // Back where the judge was, with what lies around it first.
  const pages: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/tasks?')) pages.push(new URL(request.url()).search);
  });
  await page.reload();
  await expect.poll(() => code(page)).toBe(works[655].submission.code);
  expect(pages[0]).toContain(`at=${works[655].id}`);
  await page.keyboard.press('g');
  await page.keyboard.press('Home');
  await expect(page.locator('[data-cell][aria-current]')).toContainText(works[0].submission.code);
  expect(await page.locator('[data-cell]').count()).toBeLessThan(120);

  // The organiser takes a work out while the judge is in the room: the list follows, the judge stays in place.
  await page.keyboard.press('e');
  await page.keyboard.press('ArrowRight');
  const here = await code(page);
  const [{ submission_id: gone }] = (
    await site.db.query(
      'SELECT e.submission_id FROM tasks t JOIN round_entries e ON e.id = t.entry_id WHERE t.id = $1',
      [works[0].id],
    )
  ).rows;
  const change = { type: 'remove-work', submission: gone, status: 'withdrawn', reason: '作者退赛' };
  const removed = await site.organiser.post(`/rounds/${round}/changes`, { change, dry: false });
  expect([removed.status, removed.body.code]).toEqual([200, undefined]);
  // Who comes back to the window after a while sees how the round stands.
  await page.evaluate(() => {
    const now = Date.now();
    Date.now = () => now + 60_000;
    window.dispatchEvent(new Event('focus'));
  });
  await expect(page.getByText(`${many - 1} / ${many - 1}`)).toBeVisible();
  expect(await code(page)).toBe(here);
});
