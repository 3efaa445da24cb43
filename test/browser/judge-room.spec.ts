import { expect, test, type Locator, type Page } from '@playwright/test';
import { clip, encodeClip } from './support/clip.ts';
import {
  numbered,
  openJudgingSite,
  pictures,
  type Judge,
  type JudgingSite,
  type SentFile,
} from './support/judging-site.ts';

/**
 * Looking: grid, single and compare by keyboard, mouse and fingers; series and films; and what a judge keeps beside the
 * marks. With JUDGE_PICTURES=<folder> it takes pictures of the pages.
 */
test.describe.configure({ mode: 'serial' });

let site: JudgingSite;
let judge: Judge;
let photos: string;
let films: string;
let tasks: {
  id: string;
  submission: { code: string; media: { width: number; links: { preview: string; full?: string } }[] };
}[];

test.beforeAll(async () => {
  site = await openJudgingSite();
  const shapes = [
    [900, 600],
    [700, 700],
    [600, 900],
  ] as const;
  const series: SentFile[] = await Promise.all(
    shapes.map(async ([width, height], n) => ({
      content: await numbered(20 + n, width, height),
      name: `${9 - n}.jpg`,
    })),
  );
  await site.works('photo', [...(await pictures(5, 2400, 1600)), series]);
  await site.works('douyin', [[{ content: await encodeClip(), name: '江边.mp4' }]]);
  judge = await site.judge();
  photos = await site.round('photo', [judge]);
  films = await site.round('douyin', [judge]);
  tasks = (await (await site.client(judge)).get(`/rounds/${photos}/tasks`)).body.items;
});
test.afterAll(async () => {
  await site?.stop();
});

const desk = { viewport: { width: 1440, height: 900 } };
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['JUDGE_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}-${page.viewportSize()?.width}.png` });
}

const sharp = (page: Page) => page.locator('[data-sharp] > img');
const code = (page: Page) => page.locator('[data-code]').innerText();
const box = async (locator: Locator) => (await locator.boundingBox())!;

async function room(page: Page, round = photos): Promise<Page> {
  await page.goto(`/judge/rounds/${round}`);
  await expect(page.locator('[data-cell], [data-code]').first()).toBeVisible();
  return page;
}

test('the grid, one work and back, by keys alone', async ({ browser }) => {
  const page = await room(await site.browse(browser, judge, desk));
  const chosen = page.locator('[data-cell][aria-current]');
  await expect(page.locator('[data-cell]')).toHaveCount(6);
  await expect(chosen).toContainText(tasks[0].submission.code);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(chosen).toContainText(tasks[1].submission.code);
  await page.keyboard.press('End');
  await expect(chosen).toContainText(tasks[5].submission.code);
  await page.keyboard.press('Home');
  await shoot(page, 'grid');
  await page.keyboard.press('Enter');
  await expect(sharp(page)).toBeVisible();
  expect(await code(page)).toBe(tasks[0].submission.code);
  await shoot(page, 'single');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: '键盘操作' })).toBeVisible();
  await shoot(page, 'keys');
  // In a dialog the room's keys are not the room's.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  expect(await code(page)).toBe(tasks[0].submission.code);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-cell]').first()).toBeVisible();
});

test('100 % is at the pointer, pixel for pixel; the frame moves by keys; the surround is grey', async ({
  browser,
}) => {
  const page = await room(await site.browse(browser, judge, desk));
  await page.keyboard.press('e');
  const wide = tasks.findIndex(({ submission }) => submission.media.length === 1);
  for (let step = 0; step < wide; step++) await page.keyboard.press('ArrowRight');
  await expect(sharp(page)).toBeVisible();
  const before = await box(sharp(page));
  const at = { x: before.x + before.width * 0.25, y: before.y + before.height * 0.6 };
  await page.mouse.move(at.x, at.y);
  await page.keyboard.press('z');
  // The preview lies there at once, enlarged; then the whole picture, made for this look, in the same place.
  await expect.poll(async () => (await box(sharp(page))).width).toBeCloseTo(2400, 0);
  const natural = () => sharp(page).evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(natural, { timeout: 20_000 }).toBe(2400);
  expect(await sharp(page).getAttribute('src')).toBe(tasks[wide].submission.media[0].links.full);
  await shoot(page, 'whole');
  const after = await box(sharp(page));
  expect((at.x - after.x) / after.width).toBeCloseTo(0.25, 2);
  expect((at.y - after.y) / after.height).toBeCloseTo(0.6, 2);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await box(sharp(page))).x).toBeLessThan(after.x - 50);
  await page.keyboard.press('Space');
  await expect.poll(async () => (await box(sharp(page))).width).toBeCloseTo(before.width, 0);
  await page.keyboard.press('+');
  await expect.poll(async () => (await box(sharp(page))).width).toBeGreaterThan(before.width * 1.3);
  await page.keyboard.press('-');

  const stage = page.locator('main section > div').first();
  const greys: string[] = [];
  for (let press = 0; press < 3; press++) {
    greys.push(await stage.evaluate((element) => getComputedStyle(element).backgroundColor));
    await page.keyboard.press('l');
  }
  expect(greys).toEqual(['rgb(22, 22, 22)', 'rgb(58, 58, 58)', 'rgb(119, 119, 119)']);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true);
});

test('two to four works side by side move and zoom together', async ({ browser }) => {
  const page = await room(await site.browse(browser, judge, desk));
  await page.keyboard.press('c');
  for (const count of [2, 3, 4]) {
    await expect(sharp(page)).toHaveCount(count);
    if (count < 4) await page.keyboard.press('c');
  }
  await shoot(page, 'compare');
  const widths = async () =>
    Promise.all((await sharp(page).all()).map(async (image) => (await box(image)).width));
  const before = await widths();
  const first = await box(sharp(page).first());
  await page.mouse.move(first.x + first.width / 2, first.y + first.height / 2);
  await page.mouse.wheel(0, -600);
  await expect.poll(async () => (await widths())[3]).toBeGreaterThan(before[3] * 1.5);
  const factors = (await widths()).map((width, pane) => width / before[pane]);
  for (const factor of factors) expect(factor).toBeCloseTo(factors[0], 1);
  await page.keyboard.press('Escape');
  await expect.poll(widths).toEqual(before);
  // The other panes by keys: the digits mark the active one.
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.type('64');
  await page.keyboard.press('Enter');
  await expect(page.locator('main section').nth(1)).toContainText('64');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('c');
  await expect(sharp(page)).toHaveCount(2);
  // At 100 % each pane is at its own, with its whole picture; the series’ is small, and is enlarged.
  await page.keyboard.press('z');
  const atOwn = async () =>
    Promise.all(
      (await sharp(page).all()).map(async (image) => {
        const natural = await image.evaluate((element: HTMLImageElement) => element.naturalWidth);
        return natural < 1000 || (natural === 2400 && Math.abs((await box(image)).width - natural) < 1);
      }),
    );
  await expect.poll(atOwn, { timeout: 30_000 }).toEqual([true, true]);
});

test('a series is one work, in the order of its author', async ({ browser }) => {
  const page = await room(await site.browse(browser, judge, desk));
  await page.keyboard.press('e');
  const place = tasks.findIndex(({ submission }) => submission.media.length === 3);
  const { media } = tasks[place].submission;
  expect(media.map(({ width }) => width)).toEqual([900, 700, 600]);
  for (let step = 0; step < place; step++) await page.keyboard.press('ArrowRight');
  for (const [key, at] of [
    ['', 0],
    [']', 1],
    ['ArrowDown', 2],
    [']', 2],
    ['[', 1],
    ['ArrowUp', 0],
  ] as const) {
    if (key) await page.keyboard.press(key);
    await expect(sharp(page)).toHaveAttribute('src', media[at].links.preview);
  }
  await shoot(page, 'series');
  await expect(page.locator('[data-mark]')).toHaveCount(3);
});

test('fingers: tap opens, swipe turns, pinch zooms, marks and menus are large enough', async ({
  browser,
}) => {
  const page = await room(await site.browse(browser, judge, tablet));
  await page.locator('[data-cell]').nth(1).tap();
  await expect(sharp(page)).toBeVisible();
  expect(await code(page)).toBe(tasks[1].submission.code);
  await shoot(page, 'single');
  const touch = await page.context().newCDPSession(page);
  const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  const frame = await box(page.locator('[data-stage]'));
  const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
  await fingers('touchStart', [middle.x + 120, middle.y]);
  for (const dx of [60, 0, -60, -120]) await fingers('touchMove', [middle.x + dx, middle.y]);
  await fingers('touchEnd');
  await expect.poll(() => code(page)).toBe(tasks[2].submission.code);

  await expect(sharp(page)).toBeVisible();
  const before = await box(sharp(page));
  await fingers('touchStart', [middle.x - 40, middle.y], [middle.x + 40, middle.y]);
  for (const apart of [60, 90, 120]) {
    await fingers('touchMove', [middle.x - apart, middle.y], [middle.x + apart, middle.y]);
  }
  await fingers('touchEnd');
  await expect.poll(async () => (await box(sharp(page))).width / before.width).toBeGreaterThan(2);
  expect(await code(page)).toBe(tasks[2].submission.code);

  await page
    .getByRole('group', { name: /快速打分/ })
    .getByRole('button')
    .nth(5)
    .tap();
  await expect(page.getByText('1 / 6').or(page.getByText('0 / 6')).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: '更多' }).tap();
  for (const name of ['评审须知', '我的统计', '全屏', '周围灰度']) {
    const button = page.getByRole('button', { name });
    await expect(button).toBeVisible();
    expect((await box(button)).height).toBeGreaterThanOrEqual(44);
  }
  await shoot(page, 'menu');
});

test('a film goes frame by frame, at five speeds', async ({ browser }) => {
  const page = await room(await site.browse(browser, judge, desk), films);
  await page.keyboard.press('e');
  const video = page.locator('video');
  const time = () => video.evaluate((film: HTMLVideoElement) => film.currentTime);
  await expect
    .poll(() => video.evaluate((film: HTMLVideoElement) => film.readyState))
    .toBeGreaterThanOrEqual(2);
  const frame = 1 / clip.framesPerSecond;
  const frameOf = async () => Math.floor((await time()) / frame + 0.01);
  for (const shown of [1, 2, 3]) {
    await page.keyboard.press('.');
    await expect.poll(frameOf).toBe(shown);
    await page.waitForTimeout(150);
  }
  await page.keyboard.press(',');
  await expect.poll(frameOf).toBe(2);
  const rate = () => video.evaluate((film: HTMLVideoElement) => film.playbackRate);
  await page.keyboard.press('>');
  expect(await rate()).toBe(1.5);
  for (let press = 0; press < 5; press++) await page.keyboard.press('<');
  expect(await rate()).toBe(0.25);
  await page.keyboard.press('m');
  expect(await video.evaluate((film: HTMLVideoElement) => film.muted)).toBe(true);
  await page.keyboard.press('Space');
  await expect.poll(time).toBeGreaterThan(0.4);
  await page.keyboard.press('Space');
  expect(await video.evaluate((film: HTMLVideoElement) => film.paused)).toBe(true);
  await shoot(page, 'film');
});

test('favourites, flags with a reason, and private notes are kept, on every device', async ({ browser }) => {
  const page = await room(await site.browse(browser, judge, desk));
  await page.keyboard.press('e');
  const own = await code(page);
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: '收藏' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('w');
  // Letters in a text are no keys of the room.
  await page.keyboard.type('next: zoom');
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: `提请待议：${own}` });
  await dialog.getByRole('button', { name: '疑似翻拍或非原创' }).click();
  await shoot(page, 'flag');
  await dialog.getByRole('button', { name: '提请主办方' }).click();
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: /^已保存$/ })
      .first(),
  ).toBeVisible();

  const other = await room(await site.browse(browser, judge, { viewport: { width: 390, height: 844 } }));
  await other.keyboard.press('e');
  expect(await code(other)).toBe(own);
  await expect(other.getByRole('button', { name: '收藏' })).toHaveAttribute('aria-pressed', 'true');
  await expect(other.getByRole('button', { name: '待议' })).toHaveAttribute('aria-pressed', 'true');
  await expect(other.getByLabel('私人笔记')).toHaveValue('next: zoom');
  await shoot(other, 'single');
  const { body } = await site.organiser.get(`/rounds/${photos}/flags`);
  expect(body.items).toMatchObject([{ code: own, reason: '疑似翻拍或非原创' }]);
  expect(JSON.stringify(body)).not.toContain('next: zoom');

  // Without a connection they wait, and are not called saved.
  await page.context().setOffline(true);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('s');
  await expect(page.getByRole('status').filter({ hasText: '离线 1' }).first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: /^已保存$/ })
      .first(),
  ).toBeVisible();
  // Shift+S walks over them; Esc goes to the grid, where they have their star.
  await page.keyboard.press('Shift+S');
  expect(await code(page)).toBe(own);
  await page.keyboard.press('g');
  await expect(page.getByRole('button', { name: /收藏/ })).toHaveCount(2);
  await shoot(page, 'grid-marked');
});

test('the own figures: spread over the scale, what is to be chosen, drift', async ({ browser }) => {
  const client = await site.client(judge);
  for (const [index, { id }] of tasks.entries()) {
    const value = 60 + index * 6;
    await client.put(`/tasks/${id}/sheet`, { marks: { c1: value, c2: value, c3: value }, submitted: true });
  }
  const page = await room(await site.browse(browser, judge, desk));
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: '我的统计' });
  await expect(dialog).toContainText('75');
  await expect(dialog).toContainText('60–90');
  await expect(dialog.getByText('90–95 分：1 件')).toBeAttached();
  await expect(dialog.getByText('0–5 分：0 件')).toBeAttached();
  await shoot(page, 'statistics');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('全部评完')).toBeVisible();
});
