import { expect, test, type Page } from '@playwright/test';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** The receipt on a phone: as its owner sees it, and as anybody does who was shown it. */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const phone = { width: 390, height: 844 };
const title = '渡口的早晨，和等第一班船的人们一起看江面上慢慢散开的雾，直到太阳出来';

let site: BrowserSite;
let owner: Page;
let photo: Buffer;
let id: string;
let receiptPath: string;

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  photo = await drawPhoto(0);
  owner = await (await browser.newContext({ viewport: phone, baseURL: site.url })).newPage();
  await owner.request.post('/api/accounts', {
    data: { name: '张晓明', phone: '13800000001', password: 'password of zhang' },
  });
  const sent = await owner.request.post(`/api/contests/${slug}/submissions`, {
    multipart: {
      category: 'photo',
      title,
      community: '东湖社区',
      files: { name: '渡口.jpg', mimeType: 'image/jpeg', buffer: photo },
    },
  });
  const work = (await sent.json()) as { id: string; receipt: { url: string } };
  id = work.id;
  receiptPath = work.receipt.url;
});
test.afterAll(async () => {
  await site?.stop();
});

/** Hands a file to the page’s own check. */
async function choose(page: Page, name: string, buffer: Buffer) {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
}

test('the owner finds number, code and both proofs on the page of the work', async () => {
  await owner.goto(`/c/${slug}/work/${id}`);
  await expect(owner.getByText('A0001').first()).toBeVisible();
  const code = owner.getByRole('img', { name: '回执二维码' });
  await code.scrollIntoViewIfNeeded();
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await owner.getByRole('button', { name: '核对', exact: true }).click();
  await expect(owner.getByText(/^一致，核对于/)).toBeVisible();

  await choose(owner, '渡口.jpg', photo);
  await expect(owner.getByText('一致：它就是回执里的照片 1')).toBeVisible();
  const other = Buffer.from(photo);
  other[other.length >> 1] ^= 1;
  await choose(owner, '改过的.jpg', other);
  await expect(owner.getByText(/^不一致：/)).toBeVisible();
  const wide = await owner.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBe(phone.width);
});

test('anybody who was shown it sees the state and compares a file, without signing in', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: phone, baseURL: site.url });
  const page = await context.newPage();
  const uploads: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') uploads.push(request.url());
  });
  await page.goto(receiptPath);
  await expect(page.getByText('已收到，等待初审')).toBeVisible();
  await expect(page.getByText(title)).toBeVisible();
  await expect(page.getByText('张晓明')).toHaveCount(0);
  await choose(page, '任何名字.bin', photo);
  await expect(page.getByText('一致：它就是回执里的照片 1')).toBeVisible();
  expect(uploads).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);

  await page.goto('/r/AAAAAAAAAAAAAAAAAAAAAA');
  await expect(page.getByRole('alert')).toContainText('没有这张回执');
  await context.close();
});

test('it prints as one A5 page, with the longest series and title too', async ({ browser }) => {
  const context = await browser.newContext({ viewport: phone, baseURL: site.url });
  const page = await context.newPage();
  await page.route('**/api/receipts/*', async (route) => {
    const answer = await route.fetch();
    const receipt = (await answer.json()) as { files: unknown[]; title: string };
    const files = Array.from({ length: 8 }, () => receipt.files[0]);
    await route.fulfill({ json: { ...receipt, title: '幸'.repeat(60), files } });
  });
  await page.goto(receiptPath);
  await expect(page.getByText('照片 8')).toBeVisible();
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper)!;
  expect(Math.abs(Number(width) - 419.5)).toBeLessThan(1.5);
  expect(Math.abs(Number(height) - 595.3)).toBeLessThan(1.5);
  await context.close();
});

test('inside WeChat it says what cannot be done there, and what to do instead', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: phone,
    baseURL: site.url,
    userAgent:
      'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50',
  });
  const page = await context.newPage();
  await page.goto(receiptPath);
  await expect(page.getByText(/微信里不能打印/)).toBeVisible();
  await expect(page.getByText(/请勾选“原图”/)).toBeVisible();
  await expect(page.getByRole('button', { name: '打印回执' })).toHaveCount(0);
  await context.close();
});
