import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch } from '../browser/support/chromium.ts';
import { newPage, sendPhotos } from '../browser/support/desk.ts';
import { startBrowserSite } from '../browser/support/site.ts';
import { median, printResult, printTable } from './lib/report.ts';

/**
 * Largest contentful paint of entrants' pages on a phone, from the real server in a real browser that has seen nothing
 * yet: `npm run -s bench -- first-paint [runs]`. The ratios are shares of the 2.5 s that a page may take.
 *
 * The line is Lighthouse's slow 4G, twice: as it is described (150 ms round trip, 1.6 Mbit/s down, 0.75 up), and as
 * Lighthouse sets Chromium's own throttling, which knows no handshakes and is given 3.75 round trips a request and a
 * tenth less throughput instead. The processor is four times slower in both.
 */
const [runs = 5] = process.argv.slice(2).map(Number);
const slug = 'tianyuan-2019';
const allowedMs = 2500;
const phone = { width: 390, height: 844 };
const lines = {
  slow4G: { latencyMs: 150, downKbit: 1600, upKbit: 750 },
  asLighthouseSets: { latencyMs: 562.5, downKbit: 1600 * 0.9, upKbit: 750 * 0.9 },
};
type Line = (typeof lines)[keyof typeof lines];

interface Paint {
  ms: number;
  element: string;
  kilobytes: number;
}

/** Runs in the page, before anything of it. */
const watchPaints = `
  globalThis.paints = [];
  new PerformanceObserver((list) => {
    for (const { startTime, element, url } of list.getEntries()) {
      const what = url?.split('/').pop().slice(0, 16) || element?.textContent.trim().slice(0, 12) || '';
      paints.push({ ms: startTime, element: \`\${element?.tagName.toLowerCase() ?? '?'} \${what}\` });
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true });
`;

const site = await startBrowserSite({}, { asPeople: true });
const browser = await chromium.launch(await chromiumLaunch());
try {
  const { paths, signedIn } = await furnish(browser);
  const rows = [['page', 'slow 4G ms', 'as Lighthouse sets it ms', 'kB', 'what is painted last']];
  const ratios: Record<string, number> = {};
  const figures: Record<string, number | null> = { runs };
  // What the server does once only is no part of it.
  for (const path of Object.values(paths)) await paint(browser, signedIn, path, lines.slow4G);
  for (const [name, path] of Object.entries(paths)) {
    const found: Record<string, Paint[]> = {};
    for (const [line, settings] of Object.entries(lines)) {
      found[line] = [];
      for (let run = 0; run < runs; run++) found[line].push(await paint(browser, signedIn, path, settings));
      const ms = median(found[line].map((each) => each.ms));
      ratios[`${name}_${line}`] = ms / allowedMs;
      figures[`${name}Ms_${line}`] = ms;
    }
    const { kilobytes, element } = found['slow4G'][0];
    figures[`${name}Kilobytes`] = kilobytes;
    rows.push([
      name,
      figures[`${name}Ms_slow4G`]!.toFixed(0),
      figures[`${name}Ms_asLighthouseSets`]!.toFixed(0),
      kilobytes.toFixed(0),
      element,
    ]);
  }
  printTable(rows);
  printResult('first-paint', ratios, figures);
} finally {
  await browser.close();
  await site.stop();
}

/** An entrant with a work, and the pages by their names; whoever signs in has no session. */
async function furnish(from: Browser) {
  const entrant = await newPage(from, site);
  const [work] = await sendPhotos(entrant, ['渡口的早晨，和等第一班船的人们一起看江面上慢慢散开的雾']);
  const answer = await entrant.request.get(`/api/submissions/${work}`);
  const { receipt } = (await answer.json()) as { receipt: { url: string } };
  const signedIn = await entrant.context().storageState();
  await entrant.context().close();
  const paths = {
    landing: `/c/${slug}`,
    signIn: '/sign-in',
    enter: `/c/${slug}/enter`,
    mine: `/c/${slug}/mine`,
    work: `/c/${slug}/work/${work}`,
    receipt: new URL(receipt.url, site.url).pathname,
  };
  return { paths, signedIn };
}

/** One visit with an empty cache. */
async function paint(
  from: Browser,
  signedIn: Awaited<ReturnType<BrowserContext['storageState']>>,
  path: string,
  line: Line,
): Promise<Paint> {
  const context = await from.newContext({
    baseURL: site.url,
    viewport: phone,
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    ...(path === '/sign-in' ? {} : { storageState: signedIn }),
  });
  try {
    const page = await context.newPage();
    const bytes = await throttle(page, line);
    await page.addInitScript({ content: watchPaints });
    await page.goto(path, { waitUntil: 'commit' });
    await page.waitForLoadState('networkidle', { timeout: 90_000 });
    let last: Omit<Paint, 'kilobytes'> | undefined;
    // On a busy machine the news of it comes late.
    while (!last) {
      await page.waitForTimeout(1000);
      last = await page.evaluate(() =>
        (globalThis as unknown as { paints: Omit<Paint, 'kilobytes'>[] }).paints.at(-1),
      );
    }
    return { ...last, kilobytes: bytes() / 1000 };
  } finally {
    await context.close();
  }
}

/** Sets line and processor; what it returns tells the bytes that have come over the line. */
async function throttle(page: Page, { latencyMs, downKbit, upKbit }: Line): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: (downKbit * 1000) / 8,
    uploadThroughput: (upKbit * 1000) / 8,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  return () => bytes;
}
