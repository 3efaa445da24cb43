import { expect, test, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeClip } from './support/clip.ts';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/**
 * Uploads from a phone on a slow line that goes away, comes back, and whose page is closed in between. With
 * SCREENS=<folder> it takes pictures of the pages.
 */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const phone = { width: 390, height: 844 };
const slow = 150_000;

let site: BrowserSite;
let context: BrowserContext;
let photo: Buffer;
let other: Buffer;
let drawn: Buffer;
let copies = 0;

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  context = await browser.newContext({ viewport: phone, baseURL: site.url, hasTouch: true });
  await context.request.post('/api/accounts', {
    data: { name: '张晓明', phone: '13800000001', password: 'password of theirs' },
  });
  [drawn, other] = await Promise.all([drawPhoto(2), drawPhoto(5)]);
});
// What somebody has sent already is not taken again: a byte behind the picture makes it another file.
test.beforeEach(() => {
  copies += 1;
  photo = Buffer.concat([drawn, Buffer.from([copies])]);
});
test.afterAll(async () => {
  await site?.stop();
});

interface Media {
  id: string;
  name: string;
  sha256: string;
  status: string;
}
interface Upload {
  state: string;
  received: number;
}

/** A page of the form on a line of its own. */
async function openForm(address = `/c/${slug}/enter`) {
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  const sent: { method: string; offset: number }[] = [];
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/api/uploads')) return;
    sent.push({ method: request.method(), offset: Number(request.headers()['upload-offset']) });
  });
  await page.goto(address);
  await expect(page.getByText('添加照片').first()).toBeVisible();
  return { page, line, sent };
}

/** Bytes a second; -1 is as fast as it goes. */
async function setLine(line: CDPSession, uploadThroughput: number, offline = false): Promise<void> {
  await line.send('Network.emulateNetworkConditions', {
    offline,
    latency: uploadThroughput > 0 ? 40 : 0,
    downloadThroughput: -1,
    uploadThroughput,
  });
}

const picker = (page: Page) => page.locator('ol input[type=file]');
const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function workOf(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/enter\/[\da-f-]{36}/);
  return /\/enter\/([\da-f-]{36})/.exec(page.url())![1];
}

async function mediaOf(page: Page): Promise<Media[]> {
  const answer = await context.request.get(`/api/submissions/${await workOf(page)}`);
  return ((await answer.json()) as { media: Media[] }).media;
}

async function uploadsOf(page: Page): Promise<Upload[]> {
  const answer = await context.request.get(`/api/submissions/${await workOf(page)}/uploads`);
  return ((await answer.json()) as { items: Upload[] }).items;
}

/** Until the server has a tenth of a photo that is on its way. */
async function underWay(page: Page): Promise<void> {
  await expect.poll(async () => (await uploadsOf(page))[0]?.received ?? 0).toBeGreaterThan(photo.length / 10);
}

async function isThere(page: Page, buffer: Buffer): Promise<void> {
  await expect
    .poll(async () => (await mediaOf(page)).map((media) => media.sha256), { timeout: 90_000 })
    .toEqual([sha256(buffer)]);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENS'];
  if (!folder) return;
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 1100 });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(phone);
}

test('a photo goes on where the network left it, and says how fast and how long', async () => {
  const { page, line, sent } = await openForm();
  await setLine(line, slow);
  await picker(page).setInputFiles(jpeg('晨光.jpg', photo));
  await underWay(page);
  await expect(page.getByText(/\d+ % · [\d.]+ [kM]B\/秒 · (还需约|马上就好)/)).toBeVisible();
  await expect(page.getByText(/^已传 \d+ %$/)).toBeVisible();
  await shoot(page, 'sending');

  await setLine(line, 0, true);
  await expect(page.getByText('网络不通，恢复后自动继续。', { exact: false })).toBeVisible();
  await shoot(page, 'offline');
  const before = sent.length;
  await setLine(line, -1);
  await isThere(page, photo);
  const [first] = sent.slice(before).filter(({ method }) => method === 'PATCH');
  expect(first?.offset).toBeGreaterThan(photo.length / 10);
  expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
  await page.close();
});

test('a photo that is chosen without a network goes out once there is one', async () => {
  const { page, line } = await openForm();
  await setLine(line, 0, true);
  await picker(page).setInputFiles(jpeg('电梯里.jpg', photo));
  await expect(page.getByText('1 个文件等网络恢复后上传。')).toBeVisible();
  await setLine(line, -1);
  await isThere(page, photo);
  await expect(page.getByText('1 个文件等网络恢复后上传。')).toHaveCount(0);
  await page.close();
});

test('after a reload the right file goes on, and a wrong one is told apart', async () => {
  const { page, line, sent } = await openForm();
  await setLine(line, slow);
  await picker(page).setInputFiles(jpeg('晨光.jpg', photo));
  await underWay(page);
  await page.reload();
  await setLine(line, -1);
  const note = page.getByText(/「晨光.jpg」已传 \d+ %，请重新选择这个文件，从断点继续。/);
  await expect(note).toBeVisible();
  await shoot(page, 'reloaded');
  const ask = note.locator('..');
  await ask.locator('input[type=file]').setInputFiles(jpeg('晨光.jpg', other));
  await expect(page.getByText('不是刚才那个文件：大小不同', { exact: false })).toBeVisible();
  await shoot(page, 'wrong');

  // As large, as old, and yet another one.
  const alike = Buffer.from(photo);
  alike[1000] ^= 255;
  await ask.locator('input[type=file]').setInputFiles(jpeg('晨光.jpg', alike));
  await expect(page.getByText('不是刚才那个文件：内容不同', { exact: false })).toBeVisible();

  const [{ received }] = await uploadsOf(page);
  const before = sent.length;
  await ask.locator('input[type=file]').setInputFiles(jpeg('IMG_2.jpg', photo));
  await isThere(page, photo);
  const patches = sent.slice(before).filter(({ method }) => method === 'PATCH');
  expect(patches[0]?.offset).toBe(received);
  expect(received).toBeGreaterThan(0);
  await shoot(page, 'ready');
  await page.close();
});

test('a wrong file may be sent as a new one, and the unfinished one given up', async () => {
  const { page, line } = await openForm();
  await setLine(line, slow);
  await picker(page).setInputFiles(jpeg('晨光.jpg', photo));
  await underWay(page);
  await page.reload();
  await setLine(line, -1);
  await expect(page.getByText('请重新选择这个文件', { exact: false })).toBeVisible();
  await picker(page).setInputFiles(jpeg('别的.jpg', other));
  await page.getByRole('button', { name: '作为新文件上传' }).click();
  await expect.poll(async () => (await mediaOf(page)).map(({ name }) => name)).toEqual(['别的.jpg']);
  await page.getByRole('button', { name: '不传了' }).click();
  await isThere(page, other);
  await expect.poll(async () => (await uploadsOf(page)).map(({ state }) => state)).toEqual(['attached']);
  await page.close();
});

test('when the last answer is lost, nothing is sent again', async () => {
  const { page, line, sent } = await openForm();
  let lost = 0;
  await line.send('Fetch.enable', {
    patterns: [{ urlPattern: '*/api/uploads/*', requestStage: 'Response' }],
  });
  line.on('Fetch.requestPaused', ({ requestId, request, responseHeaders }) => {
    const offset = responseHeaders?.find(({ name }) => name.toLowerCase() === 'upload-offset')?.value;
    const last = request.method === 'PATCH' && offset === String(photo.length);
    if (last) lost = sent.length;
    void (last
      ? line.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })
      : line.send('Fetch.continueRequest', { requestId }));
  });
  await picker(page).setInputFiles(jpeg('晨光.jpg', photo));
  await isThere(page, photo);
  expect(lost).toBeGreaterThan(0);
  expect(sent.slice(lost)).toEqual([]);
  await page.close();
});

test('of two pages with one file one sends it, and the other goes on when that is closed', async () => {
  const one = await openForm();
  await setLine(one.line, slow / 4);
  await picker(one.page).setInputFiles(jpeg('晨光.jpg', photo));
  await underWay(one.page);
  const two = await openForm(new URL(one.page.url()).pathname);
  await expect(two.page.getByText('正在另一个页面上传', { exact: false })).toBeVisible();
  await setLine(two.line, slow / 4);
  await picker(two.page).setInputFiles(jpeg('晨光.jpg', photo));
  await expect(two.page.getByText(/「晨光.jpg」正在另一个页面上传（\d+ %）/)).toBeVisible();
  await shoot(two.page, 'elsewhere');
  await one.page.close();
  await setLine(two.line, -1);
  await isThere(two.page, photo);
  const [first] = two.sent.filter(({ method }) => method === 'PATCH');
  expect(first?.offset).toBeGreaterThan(0);
  await two.page.close();
});

test('what the server refuses is said with its reason, and so is what need not be sent', async () => {
  const { page } = await openForm();
  const broken = Buffer.concat([photo.subarray(0, 3), Buffer.alloc(400_000, 7)]);
  await picker(page).setInputFiles(jpeg('坏的.jpg', broken));
  await expect(page.getByText(/坏的\.jpg：/)).toBeVisible();
  await shoot(page, 'refused');
  await page.getByRole('button', { name: /坏的/ }).click();
  await page.getByRole('button', { name: '移除' }).click();
  await expect(page.getByText(/坏的\.jpg：/)).toHaveCount(0);

  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-large-'));
  try {
    const large = path.join(folder, '很大.jpg');
    writeFileSync(large, photo.subarray(0, 100));
    truncateSync(large, 4 * 1024 ** 3);
    await picker(page).setInputFiles([large]);
    await expect(page.getByText(/「很大.jpg」有 4.3 GB，超过/)).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true });
  }
  await picker(page).setInputFiles({
    name: '说明.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7'),
  });
  await expect(page.getByText('「说明.pdf」不是照片', { exact: false })).toBeVisible();
  await page.close();
});

test('of two hundred photos the first ones are taken, in their order, which keys and a finger change', async () => {
  const { page } = await openForm();
  const { default: sharp } = await import('sharp');
  const one = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#7a5a28' } })
    .jpeg()
    .toBuffer();
  const small = Array.from({ length: 200 }, (_, index) =>
    jpeg(`${index + 1}.jpg`, Buffer.concat([one, Buffer.from([index])])),
  );
  await picker(page).setInputFiles(small);
  await expect(
    page.getByText(/一件作品最多 \d+ 个文件，没有添加「\d+.jpg」「\d+.jpg」「\d+.jpg」等 \d+ 个。/),
  ).toBeVisible();
  const names = async () => (await mediaOf(page)).map(({ name }) => Number.parseInt(name));
  await expect.poll(async () => (await names()).length, { timeout: 90_000 }).toBeGreaterThan(3);
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 90_000 });
  const arrived = await names();
  expect(arrived).toEqual(arrived.map((_, index) => index + 1));
  await shoot(page, 'series');

  const tile = (n: number) => page.locator(`[data-drag-key] button[aria-label^="第 ${n} 张"]`);
  await tile(1).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('已移到第 2 位')).toBeAttached();
  await expect.poll(async () => (await names()).slice(0, 3)).toEqual([2, 1, 3]);
  await expect(tile(2)).toBeFocused();

  const [from, to] = await Promise.all([tile(3).boundingBox(), tile(1).boundingBox()]);
  const finger = await context.newCDPSession(page);
  const middle = (box: typeof from) => [{ x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: middle(from) });
  await expect(page.locator('[data-drag-key] button.opacity-50')).toBeVisible();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: middle(to) });
  await expect(tile(1)).toHaveAccessibleName(/3\.jpg/);
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(async () => (await names()).slice(0, 3)).toEqual([3, 2, 1]);
  await page.close();
});

test('a video shows a frame and its length at once, and plays when it is ready', async () => {
  const { page, line } = await openForm();
  await page.getByText('抖音视频作品', { exact: true }).first().click();
  const clip = await encodeClip();
  await setLine(line, slow);
  await picker(page).setInputFiles({ name: '收工以后.mp4', mimeType: 'video/mp4', buffer: clip });
  await expect(page.getByText('0:24')).toBeVisible();
  await expect(page.locator('ol img[src^="blob:"]')).toBeVisible();
  await expect(page.getByText(/^已传 \d+ %$/)).toBeVisible();
  await shoot(page, 'video');
  await setLine(line, -1);
  await isThere(page, clip);
  await expect.poll(async () => (await mediaOf(page))[0]?.status, { timeout: 120_000 }).toBe('ready');
  await page.getByRole('button', { name: /收工以后/ }).click();
  await expect(page.locator('dialog video')).toHaveAttribute('src', /\/api\/media\//);
  await shoot(page, 'video-ready');
  await page.close();
});
