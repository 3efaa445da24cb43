import { expect, test, type Page, type Route } from '@playwright/test';
import type { Answer } from '../integration/support/client.ts';
import { openJudgingSite, pictures, type Judge, type JudgingSite } from './support/judging-site.ts';

/**
 * The way of marks to the server: the word 已保存, a connection that is cut at random, two tabs and two devices, a round
 * that is closed meanwhile, and when all is done.
 */
test.describe.configure({ mode: 'serial' });
// A trace of thousands of keys takes longer than the keys.
test.use({ actionTimeout: 20_000, trace: 'off' });

const works = 60;
const criteria = [{ name: '总分', weight: 1, min: 0, max: 100, step: 1 }];

let site: JudgingSite;
test.beforeAll(async () => {
  site = await openJudgingSite();
  await site.works('photo', await pictures(3, 600, 400));
  await site.copies('photo', works);
});
test.afterAll(async () => {
  await site?.stop();
});

/** Rounds of one category follow each other: each test has one of its own. */
let judge: Judge;
let round: string;
test.beforeEach(async () => {
  judge = await site.judge();
  round = await site.round('photo', [judge], { criteria });
});
test.afterEach(async () => {
  await site.organiser.post(`/rounds/${round}/close`, { reason: '测试结束' });
});

async function enter(page: Page): Promise<Page> {
  await page.goto(`/judge/rounds/${round}`);
  await expect(page.locator('[data-cell], [data-code]').first()).toBeVisible();
  await page.keyboard.press('e');
  await page.getByRole('checkbox', { name: '评完自动到下一件未评' }).uncheck();
  return page;
}

const code = (page: Page) => page.locator('[data-code]').innerText();
const state = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });
const saved = (page: Page) => expect(state(page, /^已保存$/).first()).toBeVisible({ timeout: 60_000 });
const backOnline = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));

/** Keys are sent one after the other, without waiting for each to be answered. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
}
const mark = (page: Page, value: number) => press(page, ...String(value), 'Enter');

interface OnServer {
  id: string;
  code: string;
  state: string;
  mark: number | null;
  version: number;
}
async function onServer(): Promise<OnServer[]> {
  const client = await site.client(judge);
  const { body } = await client.get(`/rounds/${round}/tasks`);
  return body.items.map((task: Answer['body']) => ({
    id: task.id,
    code: task.submission.code,
    state: task.state,
    mark: task.sheet?.marks.c1 ?? null,
    version: task.sheet?.version ?? 0,
  }));
}

test('saved is said only once the server has it', async ({ browser }) => {
  const page = await enter(await site.browse(browser, judge));
  await saved(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/sheet', async (route) => {
    await held;
    await route.continue();
  });
  await mark(page, 87);
  await expect(state(page, '保存中').first()).toBeVisible();
  await expect(state(page, /^已保存$/)).toHaveCount(0);
  expect((await onServer()).filter((task) => task.mark !== null)).toEqual([]);
  release();
  await saved(page);
  expect((await onServer()).map((task) => task.mark)).toContain(87);
});

test('the network is cut at random over 500 marks: none is lost, none counts twice, the last one stands', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const random = generator(20_260_901);
  const page = await enter(await site.browse(browser, judge));
  const context = page.context();
  page.on('dialog', (dialog) => void dialog.accept());
  let line: 'up' | 'refuses' | 'loses answers' = 'up';
  await page.route('**/sheet', async (route: Route) => {
    if (line === 'refuses') return route.abort();
    if (line === 'loses answers') await route.fetch();
    return line === 'loses answers' ? route.abort() : route.continue();
  });

  const typed: { code: string; value: number }[] = [];
  let cutFor = 0;
  let cuts = 0;
  for (let turn = 0; turn < 500; turn++) {
    if (cutFor > 0 && --cutFor === 0) {
      line = 'up';
      await context.setOffline(false);
      await backOnline(page);
      // Now and then the page goes away with marks that still wait.
      if (random() < 0.15) {
        await page.reload();
        await expect(page.locator('[data-code]')).toBeVisible();
      }
    } else if (cutFor === 0 && random() < 0.06) {
      cutFor = 1 + Math.floor(random() * 20);
      cuts += 1;
      const kind = Math.floor(random() * 3);
      if (kind === 0) await context.setOffline(true);
      else line = kind === 1 ? 'refuses' : 'loses answers';
    }
    const steps = Array.from({ length: Math.floor(random() * 4) }, () =>
      random() < 0.5 ? 'ArrowRight' : 'ArrowLeft',
    );
    await press(page, ...steps);
    const value = 10 + Math.floor(random() * 90);
    typed.push({ code: await code(page), value });
    await mark(page, value);
  }
  line = 'up';
  await context.setOffline(false);
  await backOnline(page);
  await saved(page);
  expect(cuts).toBeGreaterThan(15);

  const wanted = new Map(typed.map(({ code: work, value }) => [work, value]));
  const tasks = await onServer();
  expect(new Map(tasks.flatMap((task) => (task.mark === null ? [] : [[task.code, task.mark]])))).toEqual(
    new Map([...wanted].sort((a, b) => order(tasks, a[0]) - order(tasks, b[0]))),
  );
  for (const task of tasks) {
    const { rows } = await site.db.query<{ mark: number }>(
      `SELECT (marks->>'c1')::int AS mark FROM sheet_versions WHERE task_id = $1 ORDER BY version`,
      [task.id],
    );
    const versions = rows.map((row) => row.mark);
    const ofWork = typed.filter((each) => each.code === task.code).map(({ value }) => value);
    // What was overtaken while it waited needs no version; every version is something typed, in the order of typing.
    expect(isSubsequence(versions, ofWork)).toBe(true);
    expect(versions.some((value, at) => value === versions[at - 1])).toBe(false);
  }
});

const order = (tasks: OnServer[], work: string) => tasks.findIndex((task) => task.code === work);

function isSubsequence(part: number[], whole: number[]): boolean {
  let at = 0;
  for (const value of whole) if (at < part.length && part[at] === value) at++;
  return at === part.length;
}

/** A small generator (mulberry32), so that a failure can be played again. */
function generator(seed: number): () => number {
  let state32 = seed;
  return () => {
    state32 = (state32 + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state32 ^ (state32 >>> 15), 1 | state32);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('marks that waited go in the order in which they were made, also after a closed page', async ({
  browser,
}) => {
  const page = await enter(await site.browse(browser, judge));
  await page.context().setOffline(true);
  const made: string[] = [];
  for (let turn = 0; turn < 12; turn++) {
    const [from, on] = turn % 3 === 0 ? ['End', 'ArrowLeft'] : ['Home', 'ArrowRight'];
    await press(page, from, ...Array<string>(turn).fill(on));
    made.push(await code(page));
    await mark(page, 50 + turn);
  }
  await expect(state(page, '离线 12').first()).toBeVisible();
  await page.close({ runBeforeUnload: false });
  await page.context().setOffline(false);
  const again = await page.context().newPage();
  await again.goto(`/judge/rounds/${round}`);
  await saved(again);
  const { rows } = await site.db.query<{ code: string }>(
    `SELECT e.code FROM audit_entries a JOIN tasks t ON t.id = (a.facts->>'task')::uuid
       JOIN round_entries e ON e.id = t.entry_id
      WHERE a.action = 'sheet.saved' AND t.round_id = $1 ORDER BY a.seq`,
    [round],
  );
  expect(rows.map((row) => row.code)).toEqual(made);
});

test('two tabs and two devices: the older version is told, and both values are shown', async ({
  browser,
}) => {
  const first = await enter(await site.browse(browser, judge));
  const tab = await first.context().newPage();
  await enter(tab);
  const device = await enter(await site.browse(browser, judge));
  await mark(first, 70);
  await saved(first);

  for (const [older, value] of [
    [tab, 60],
    [device, 50],
  ] as const) {
    expect(await code(older)).toBe(await code(first));
    await mark(older, value);
    const dialog = older.getByRole('dialog', { name: /已在别处修改/ });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('row', { name: '总分' }).first()).toContainText(String(value));
    await expect(dialog.getByRole('row', { name: '总分' }).first()).toContainText('70');
    await expect(state(older, /^已保存$/)).toHaveCount(0);
    expect((await onServer())[0]?.mark).toBe(70);
    if (older === tab) {
      await dialog.getByRole('button', { name: '采用另一处的' }).click();
      await saved(older);
      expect((await onServer())[0]?.mark).toBe(70);
    } else {
      await dialog.getByRole('button', { name: '保留这里的' }).click();
      await saved(older);
      expect((await onServer())[0]?.mark).toBe(50);
    }
  }
  // Two tabs keep what waits in one place: what one of them has saved takes nothing from the other.
  await first.context().setOffline(true);
  await tab.keyboard.press('ArrowRight');
  await mark(tab, 81);
  await first.keyboard.press('End');
  await mark(first, 82);
  await first.close({ runBeforeUnload: false });
  await first.context().setOffline(false);
  await backOnline(tab);
  await saved(tab);
  const third = await tab.context().newPage();
  await third.goto(`/judge/rounds/${round}`);
  await saved(third);
  const marks = (await onServer()).map((task) => task.mark);
  expect([marks[1], marks.at(-1)]).toEqual([81, 82]);
});

test('undo goes back across works, to the work and to the server', async ({ browser }) => {
  const page = await enter(await site.browse(browser, judge));
  const codes: string[] = [];
  for (const value of [71, 72, 73]) {
    codes.push(await code(page));
    await mark(page, value);
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('End');
  for (const [undone, left] of [
    [2, [71, 72, null]],
    [1, [71, null, null]],
    [0, [null, null, null]],
  ] as const) {
    await page.keyboard.press('Control+z');
    expect(await code(page)).toBe(codes[undone]);
    await saved(page);
    expect((await onServer()).slice(0, 3).map((task) => task.mark)).toEqual(left);
  }
});

test('a round that closes meanwhile names the marks that came too late', async ({ browser }) => {
  const page = await enter(await site.browse(browser, judge));
  await mark(page, 66);
  await saved(page);
  await page.keyboard.press('ArrowRight');
  await page.context().setOffline(true);
  const late = await code(page);
  await mark(page, 99);
  await site.organiser.post(`/rounds/${round}/close`, { reason: '到期' });
  await page.context().setOffline(false);
  const dialog = page.getByRole('dialog', { name: '本轮已经关闭' });
  await expect(dialog).toContainText(late);
  await dialog.getByRole('button', { name: '知道了' }).click();
  await expect(state(page, '只读').first()).toBeVisible();
  await mark(page, 10);
  expect((await onServer()).slice(0, 2).map((task) => task.mark)).toEqual([66, null]);
});

test('all done is said only when it is so', async ({ browser }) => {
  const client = await site.client(judge);
  const tasks = await onServer();
  const sheet = (value: number | null) => ({ marks: { c1: value }, submitted: value !== null });
  for (const { id } of tasks.slice(0, -1)) await client.put(`/tasks/${id}/sheet`, sheet(60));
  const page = await enter(await site.browse(browser, judge));
  const done = page.getByText('全部评完');
  await expect(page.getByText(`${works - 1} / ${works}`)).toBeVisible();
  await expect(done).toHaveCount(0);

  // Another device takes a mark back, unseen here; the last mark is on its way.
  await client.put(`/tasks/${tasks[3]?.id}/sheet`, sheet(null));
  await page.keyboard.press('End');
  await page.context().setOffline(true);
  await mark(page, 77);
  await expect(page.getByText(`${works} / ${works}`)).toBeVisible();
  await expect(done).toHaveCount(0);
  const asked = page.waitForResponse((response) => response.url().includes('limit=1'));
  await page.context().setOffline(false);
  await backOnline(page);
  await saved(page);
  await asked;
  await expect(done).toHaveCount(0);

  await page.reload();
  await expect(page.getByText(`${works - 1} / ${works}`)).toBeVisible();
  await page.keyboard.press('n');
  expect(await code(page)).toBe(tasks[3]?.code);
  await mark(page, 55);
  await expect(page.getByRole('dialog', { name: '全部评完' })).toBeVisible();
  await page.getByRole('button', { name: '再看看' }).click();
  // A mark taken back takes the word back.
  await page.keyboard.press('Backspace');
  await expect(done).toHaveCount(0);
});
