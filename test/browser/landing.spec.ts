import { expect, test, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** The contest's page on a phone and on a desk: what runs now, the rules, the poster, the winners. */
const slug = 'tianyuan-2019';
const phone = { width: 390, height: 844 };

let site: BrowserSite;
test.beforeAll(async () => {
  site = await startBrowserSite();
});
test.afterAll(async () => {
  await site?.stop();
});

async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: phone, baseURL: site.url, ...options });
  return context.newPage();
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test('a phone shows what runs now, prizes and rules, and nothing of a gallery that is off', async ({
  browser,
}) => {
  const page = await visit(browser);
  await page.goto(`/c/${slug}`);
  await expect(page).toHaveTitle('定格·幸福社区 · 定格');
  await expect(page.getByText(/距截稿还有/)).toBeVisible();
  await expect(page.locator('[aria-current=step]')).toContainText('征稿');
  await expect(page.getByRole('heading', { name: '获奖作品' })).toHaveCount(0);
  await expect(page.getByRole('img', { name: '本页的二维码' })).toBeHidden();
  await page.getByRole('button', { name: '章程' }).filter({ visible: true }).first().click();
  await expect(page.getByRole('dialog')).toContainText('作者承诺');
  await page.getByRole('button', { name: '关闭' }).click();
  expect(await width(page)).toBe(phone.width);
  await page.context().close();
});

test('a very long title keeps to the screen of a phone', async ({ browser }) => {
  const page = await visit(browser);
  await page.route(`**/api/contests/${slug}`, async (route) => {
    const contest = (await (await route.fetch()).json()) as object;
    await route.fulfill({ json: { ...contest, title: '幸'.repeat(60), region: 'x'.repeat(60) } });
  });
  await page.goto(`/c/${slug}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('幸'.repeat(60));
  expect(await width(page)).toBe(phone.width);
  await page.context().close();
});

test('a desk shows the code and the poster', async ({ browser }) => {
  const page = await visit(browser, { viewport: { width: 820, height: 1180 } });
  await page.goto(`/c/${slug}`);
  const code = page.getByRole('img', { name: '本页的二维码' });
  await code.scrollIntoViewIfNeeded();
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const address = await page.getByRole('link', { name: '下载海报（PDF）' }).getAttribute('href');
  const poster = await page.request.get(address!);
  expect([poster.status(), poster.headers()['content-type']]).toEqual([200, 'application/pdf']);
  await page.context().close();
});

test('inside WeChat it says what to do there, and its first picture is the square card', async ({
  browser,
}) => {
  const page = await visit(browser, { userAgent: 'Mozilla/5.0 Chrome/126.0 Mobile MicroMessenger/8.0.50' });
  await page.goto(`/c/${slug}`);
  await expect(page.getByRole('heading', { name: '在微信里打开时' })).toBeVisible();
  const first = page.locator('img').first();
  await expect(first).toHaveAttribute('src', `/api/contests/${slug}/card-square.jpg`);
  await expect
    .poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThanOrEqual(300);
  await page.context().close();
});

test('winners are a strip to swipe, and open large', async ({ browser }) => {
  const page = await visit(browser);
  const jpeg = await drawPhoto(1);
  const work = (id: string, title: string) => ({
    id,
    title,
    author: '张晓明',
    prize: '一等奖',
    category: '摄影作品',
    files: [
      {
        kind: 'image',
        width: 4000,
        height: 3000,
        durationMs: null,
        placeholder: null,
        links: { thumb: '/api/media/one', preview: '/api/media/one' },
      },
    ],
  });
  await page.route('**/api/media/one', (route) => route.fulfill({ body: jpeg, contentType: 'image/jpeg' }));
  await page.route(`**/api/contests/${slug}/gallery`, (route) =>
    route.fulfill({ json: { shown: 'results', works: [work('1', '晨雾'), work('2', '元宵')] } }),
  );
  await page.route(`**/api/contests/${slug}`, async (route) => {
    const contest = (await (await route.fetch()).json()) as object;
    await route.fulfill({ json: { ...contest, phase: 'decided', gallery: 'results' } });
  });
  await page.goto(`/c/${slug}`);
  await expect(page.getByRole('heading', { name: '获奖作品' })).toBeVisible();
  expect(await width(page)).toBe(phone.width);
  await page.getByRole('button', { name: '一等奖：晨雾，张晓明' }).click();
  await expect(page.getByRole('dialog').getByRole('heading')).toHaveText('晨雾');
  await page.getByRole('button', { name: '下一件' }).click();
  await expect(page.getByRole('dialog').getByRole('heading')).toHaveText('元宵');
  await page.context().close();
});
