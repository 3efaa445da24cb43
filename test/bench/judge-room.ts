import { chromium, type Page } from '@playwright/test';
import { drawPhoto } from '../browser/support/pictures.ts';
import { chromiumLaunch } from '../browser/support/chromium.ts';
import { openJudgingSite, type Judge } from '../browser/support/judging-site.ts';
import type { Answer } from '../integration/support/client.ts';
import { median, printResult, printTable } from './lib/report.ts';

/**
 * The judges' room in a real Chromium against the real server, over a line of 20 Mbit/s and 40 ms:
 * `npm run -s bench -- judge-room [works] [keys]`.
 *
 * From key to picture: presses → at a judge's pace and, in a second run, as fast as somebody leafs through; each time is
 * from the key's own time stamp to after the frame in which the sharp picture (2000 px) was painted. The yardstick does
 * what a page without foresight does: asks for the picture when the key comes, and shows it when it is decoded.
 * Ten thousand works: when the first of them are seen and pictured in an empty cache, how long until all are there, and
 * what scrolling through them costs.
 */
const [works = 10_000, keys = 60] = process.argv.slice(2).map(Number);
const line = { latency: 40, downloadThroughput: 20e6 / 8, uploadThroughput: 20e6 / 8, offline: false };
const paces = { judging: 1000, leafing: 350 };
const photos = 24;
const viewport = { width: 1440, height: 900 };

const site = await openJudgingSite();
const browser = await chromium.launch(await chromiumLaunch());
try {
  const files = [];
  for (let n = 0; n < photos; n++) files.push([{ content: await drawPhoto(n), name: `${n}.jpg` }]);
  console.error(`${photos} photos of 12 megapixels drawn; sending`);
  await site.works('photo', files);
  await site.copies('photo', works);
  const judge = await site.judge();
  const round = await site.round('photo', [judge]);
  console.error(`a round of ${works} works is open`);

  const opened = await openings(judge, round);
  const scrolled = await scrolling(opened.page);
  const shown = {
    judging: await keyToPicture(opened.page, paces.judging, keys),
    leafing: await keyToPicture(opened.page, paces.leafing, keys),
    naive: await withoutForesight(opened.page, judge, round),
  };

  printTable([
    ['key to picture, 20 Mbit/s, 40 ms', 'median ms', 'p95 ms'],
    ['a key a second', ...both(shown.judging)],
    ['a key each 350 ms', ...both(shown.leafing)],
    ['asked for at the key (yardstick)', ...both(shown.naive)],
  ]);
  console.log();
  printTable([
    [`${works} works, empty cache`, 'median'],
    ['first contentful paint, ms', opened.paintMs.toFixed(0)],
    ['first works seen, ms', opened.worksMs.toFixed(0)],
    ['pictures of the first screen, ms', opened.picturesMs.toFixed(0)],
    ['all works there, ms', opened.allMs.toFixed(0)],
    ['elements at most while scrolling', String(scrolled.elements)],
    ['pictures at most', String(scrolled.images)],
    ['time between frames, median ms', scrolled.medianMs.toFixed(1)],
    ['p95 ms', scrolled.p95Ms.toFixed(1)],
    ['frames over 100 ms, of a hundred', (scrolled.slowShare * 100).toFixed(1)],
  ]);
  printResult(
    'judge-room',
    {
      naiveOverRoomMedian: median(shown.naive) / median(shown.judging),
      naiveOverRoomP95: p95(shown.naive) / p95(shown.judging),
    },
    {
      works,
      keyToPictureMedianMs: median(shown.judging),
      keyToPictureP95Ms: p95(shown.judging),
      leafingMedianMs: median(shown.leafing),
      leafingP95Ms: p95(shown.leafing),
      naiveMedianMs: median(shown.naive),
      naiveP95Ms: p95(shown.naive),
      firstPaintMs: opened.paintMs,
      firstWorksMs: opened.worksMs,
      firstPicturesMs: opened.picturesMs,
      allWorksMs: opened.allMs,
      scrollElements: scrolled.elements,
      scrollImages: scrolled.images,
      scrollFrameMedianMs: scrolled.medianMs,
      scrollFrameP95Ms: scrolled.p95Ms,
      scrollSlowFrameShare: scrolled.slowShare,
    },
  );
} finally {
  await browser.close();
  await site.stop();
}

interface FirstScreen {
  paintMs: number;
  worksMs: number;
  picturesMs: number;
}

async function throttled(judge: Judge): Promise<Page> {
  const page = await site.browse(browser, judge, { viewport, bypassCSP: true });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', line);
  return page;
}

/** Opens the room three times with nothing in the cache; the last page stays open, with all works. */
async function openings(judge: Judge, round: string) {
  const times: (FirstScreen & { allMs: number })[] = [];
  let page: Page | undefined;
  for (let opening = 0; opening < 3; opening++) {
    await page?.context().close();
    page = await throttled(judge);
    await page.addInitScript({ path: `${import.meta.dirname}/lib/room-watch.js` });
    const all = page.waitForResponse(
      async (response) => response.url().includes('cursor=') && (await response.json()).next === null,
      { timeout: 120_000 },
    );
    // What goes wrong before it is said by what went wrong.
    all.catch(() => undefined);
    const start = Date.now();
    await page.goto(`/judge/rounds/${round}`, { waitUntil: 'commit' });
    await page.waitForFunction('window.watch?.firstScreen', null, { timeout: 60_000 });
    await all;
    times.push({ ...(await page.evaluate<FirstScreen>('watch.firstScreen')), allMs: Date.now() - start });
  }
  return {
    page: page!,
    paintMs: median(times.map((time) => time.paintMs)),
    worksMs: median(times.map((time) => time.worksMs)),
    picturesMs: median(times.map((time) => time.picturesMs)),
    allMs: median(times.map((time) => time.allMs)),
  };
}

/** Wheels through the grid for ten seconds, a screen and a half a second. */
async function scrolling(page: Page) {
  const { deltas, elements, images } = await page.evaluate<{
    deltas: number[];
    elements: number;
    images: number;
  }>('watch.scroll(10, 1.5)');
  return {
    elements,
    images,
    medianMs: median(deltas),
    p95Ms: p95(deltas),
    slowShare: deltas.filter((delta) => delta > 100).length / deltas.length,
  };
}

/** Presses → so many times, with so long between; gives how long each picture took. */
async function keyToPicture(page: Page, paceMs: number, presses: number): Promise<number[]> {
  await page.keyboard.press('e');
  await page.waitForSelector('[data-sharp] > img');
  await page.waitForTimeout(3000);
  await page.evaluate('watch.times = []');
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(paceMs);
  }
  await page.waitForTimeout(1000);
  const times = await page.evaluate<number[]>('watch.times');
  if (times.length !== presses) throw new Error(`${times.length} of ${presses} pictures were seen`);
  return times;
}

/** The same pictures over the same line, asked for when they are wanted. */
async function withoutForesight(page: Page, judge: Judge, round: string): Promise<number[]> {
  const { body } = await (await site.client(judge)).get(`/rounds/${round}/tasks?limit=500`);
  // Works that the room has not met yet: from the end of the page.
  const urls: string[] = body.items
    .slice(-20)
    .map((task: Answer['body']) => task.submission.media[0].links.preview);
  return page.evaluate<number[]>(`watch.withoutForesight(${JSON.stringify(urls)})`);
}

function both(times: number[]): [string, string] {
  return [median(times).toFixed(0), p95(times).toFixed(0)];
}

function p95(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}
