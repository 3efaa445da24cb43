import { expect, test, type Page } from '@playwright/test';
import { makeFilm } from '../integration/decoder/support/film.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/**
 * A film from a phone (HEVC, which Chromium cannot play) on its way: how far it is shows on every page that has it,
 * and what comes out plays and can be jumped about in. With VIDEO_PICTURES=<folder> it takes pictures of the pages.
 */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const seconds = 30;
const screens = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1440, height: 900 },
];

let site: BrowserSite;
let entrant: Page;
let organiser: Page;
let work: string;

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  const person = async () =>
    (await browser.newContext({ viewport: screens[0], baseURL: site.url })).newPage();
  entrant = await person();
  organiser = await person();
});
test.afterAll(async () => {
  await site?.stop();
});

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['VIDEO_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}-${page.viewportSize()?.width}.png` });
}

test('a film shows how far it is, to its entrant and to the organiser', async () => {
  await entrant.request.post('/api/accounts', {
    data: { name: '张晓明', phone: '13800000001', password: 'password of zhang' },
  });
  const login = { login: 'admin@dingge.local', password: site.oneTimePassword };
  await organiser.request.post('/api/session', { data: login });
  await organiser.request.put('/api/account/password', {
    data: { current: site.oneTimePassword, next: 'the organisers own' },
  });
  const film = await makeFilm({
    container: 'mov',
    video: 'libx265',
    width: 1280,
    height: 720,
    rate: 30,
    seconds,
    flashAt: 20,
    sound: { encoder: 'pcm_s16le', rate: 48_000, channels: 1 },
  });
  const answer = await entrant.request.post(`/api/contests/${slug}/submissions`, {
    multipart: {
      category: 'douyin',
      title: '收工以后',
      story: '江边站一会儿。',
      community: '莲花社区',
      files: { name: '收工以后.mov', mimeType: 'video/quicktime', buffer: film },
    },
  });
  expect(answer.status()).toBe(201);
  work = ((await answer.json()) as { id: string }).id;

  await Promise.all([entrant.goto(`/c/${slug}/work/${work}`), organiser.goto(`/organise/${slug}/works`)]);
  const percent = /正在处理 \d+ %/;
  await expect(entrant.getByText(percent).first()).toBeVisible();
  await expect(organiser.getByText(percent).first()).toBeVisible();
  for (const size of screens) {
    await Promise.all([entrant, organiser].map((page) => page.setViewportSize(size)));
    await Promise.all([shoot(entrant, 'work'), shoot(organiser, 'desk')]);
  }
});

test('it plays in the browser, and can be jumped about in', async () => {
  const video = entrant.locator('video');
  await expect(video).toBeVisible({ timeout: 120_000 });
  for (const size of screens) {
    await entrant.setViewportSize(size);
    await shoot(entrant, 'ready');
  }
  const jump = (to: number) =>
    video.evaluate(async (film: HTMLVideoElement, at) => {
      if (film.readyState < 1) {
        await new Promise((done) => film.addEventListener('loadedmetadata', done, { once: true }));
      }
      film.currentTime = at;
      await new Promise((done) => film.addEventListener('seeked', done, { once: true }));
      if (film.readyState < 2) {
        await new Promise((done) => film.addEventListener('loadeddata', done, { once: true }));
      }
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
      const context = canvas.getContext('2d')!;
      context.drawImage(film, 0, 0);
      const colour = (x: number, y: number) =>
        [...context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data].slice(0, 3);
      return {
        at: film.currentTime,
        duration: film.duration,
        ready: film.readyState,
        error: film.error?.message ?? null,
        size: [film.videoWidth, film.videoHeight],
        corners: [colour(0.1, 0.1), colour(0.9, 0.9)],
      };
    }, to);

  // Forwards, backwards, and into the moment at which the picture is white.
  for (const to of [25, 3, 20.05, 29.5, 0.5]) {
    const found = await jump(to);
    expect(found).toMatchObject({ at: to, error: null, size: [1280, 720] });
    expect(found.ready).toBeGreaterThanOrEqual(2);
    expect(Math.abs(found.duration - seconds)).toBeLessThan(0.1);
    const [[red = 0, green = 0] = [], [last = 0] = []] = found.corners;
    expect(last).toBeGreaterThan(225);
    if (to === 20.05) expect(Math.min(red, green)).toBeGreaterThan(245);
    else expect([red > 190, green < 60]).toEqual([true, true]);
  }

  const moved = await video.evaluate(async (film: HTMLVideoElement) => {
    film.muted = true;
    film.currentTime = 10;
    await film.play();
    await new Promise((done) => setTimeout(done, 1500));
    film.pause();
    return film.currentTime;
  });
  expect(moved).toBeGreaterThan(10.2);
});
