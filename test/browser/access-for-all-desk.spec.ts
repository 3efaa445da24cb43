import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import {
  accept,
  inviteJudges,
  markWorks,
  newPage,
  ok,
  sendPhotos,
  signIn,
  signInOrganiser,
} from './support/desk.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** Every page of organisers and judges, for people who see little, read by ear, or work by keyboard. */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const titles = ['渡口的早晨', '晨雾漫过莲花山', '稻田里的守望', '社区放飞日', '老树下的三代人', '收工以后'];

let site: BrowserSite;
let organiser: Page;
let judge: Page;
let roundId: string;

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  const options = { viewport: desk, reducedMotion: 'reduce', bypassCSP: true } as const;
  organiser = await newPage(browser, site, options);
  await signInOrganiser(organiser, site);
  const entrant = await newPage(browser, site);
  const ids = await sendPhotos(entrant, titles);
  await entrant.context().close();
  // Two stay at the desk.
  await accept(organiser, ids.slice(0, 4));
  const judges = await inviteJudges(organiser, ['陈老师', '林老师', '周老师']);
  const round = {
    category: 'photo',
    name: '摄影作品评分',
    kind: 'score',
    judges: judges.map(({ id }) => id),
  };
  ({ id: roundId } = await ok<{ id: string }>(
    organiser.request.post(`/api/contests/${slug}/rounds`, { data: round }),
  ));
  await ok(organiser.request.post(`/api/rounds/${roundId}/open`));
  for (const { login, password } of judges.slice(1)) {
    const colleague = await newPage(browser, site);
    await signIn(colleague, login, password);
    await markWorks(colleague, roundId, (title) => 70 + titles.indexOf(title) * 4);
    await colleague.context().close();
  }
  judge = await newPage(browser, site, options);
  await signIn(judge, judges[0].login, judges[0].password);
});
test.afterAll(async () => {
  await site?.stop();
});

/** At the width of a desk and of a phone. */
async function check(page: Page, path: string) {
  for (const viewport of [desk, phone]) {
    await page.setViewportSize(viewport);
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(page.locator('h1').first()).toBeAttached();
    await expect(page.locator('[role=status][aria-label]')).toHaveCount(0);
    expect.soft(await axeFindings(page), `${path} at ${viewport.width}`).toEqual([]);
  }
}

test('axe objects to nothing on the organiser’s pages while judging runs', async () => {
  await check(organiser, `/organise/${slug}`);
  await check(organiser, `/organise/${slug}/works`);
  await check(organiser, `/organise/${slug}/rounds`);
  await check(organiser, `/organise/${slug}/people`);
  await check(organiser, `/organise/${slug}/exports`);
});

test('nor in the review room, nor in what opens over a page', async () => {
  await organiser.setViewportSize(desk);
  await organiser.goto(`/organise/${slug}/works/review`, { waitUntil: 'networkidle' });
  expect.soft(await axeFindings(organiser), 'review').toEqual([]);
  await organiser.goto(`/organise/${slug}/rounds`, { waitUntil: 'networkidle' });
  for (const name of ['新建轮次', '邀请评委', '关闭这一轮']) {
    await organiser.getByRole('button', { name }).first().click();
    await expect(organiser.getByRole('dialog')).toBeVisible();
    expect.soft(await axeFindings(organiser), name).toEqual([]);
    await organiser.keyboard.press('Escape');
    await expect(organiser.getByRole('dialog')).toBeHidden();
  }
});

test('nor on the judge’s list, nor in any view of the dark room', async () => {
  await check(judge, '/judge');
  for (const viewport of [desk, { width: 820, height: 1180 }]) {
    await judge.setViewportSize(viewport);
    await judge.goto(`/judge/rounds/${roundId}`, { waitUntil: 'networkidle' });
    for (const key of ['g', 'e', 'c', '?']) {
      await judge.keyboard.press(key);
      await judge.waitForTimeout(300);
      expect.soft(await axeFindings(judge), `room, ${key} at ${viewport.width}`).toEqual([]);
    }
  }
  await markWorks(judge, roundId, () => 80);
});

test('nor on the result and the lists', async () => {
  await ok(organiser.request.post(`/api/rounds/${roundId}/close`, { data: {} }));
  await check(organiser, `/organise/${slug}/rounds`);
  await ok(organiser.request.post(`/api/contests/${slug}/results`, { data: { category: 'photo' } }));
  await check(organiser, `/organise/${slug}/results?category=photo`);
  await check(organiser, `/organise/${slug}`);
});
