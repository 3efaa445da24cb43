import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** An organiser looks at works that look alike, on a phone, a tablet and a desktop. */
const slug = 'tianyuan-2019';
const password = 'the organisers own';
const widths = [390, 820, 1440];

let site: BrowserSite;
let organiser: Page;
let copy: { id: string };

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  site = await startBrowserSite();
  organiser = await (await browser.newContext({ baseURL: site.url })).newPage();
  const post = async (path: string, data: object) => {
    const answer = await organiser.request.fetch(path, {
      method: path.endsWith('password') ? 'PUT' : 'POST',
      data,
    });
    expect(answer.ok()).toBe(true);
  };
  await post('/api/session', { login: 'admin@dingge.local', password: site.oneTimePassword });
  await post('/api/account/password', { current: site.oneTimePassword, next: password });

  const original = await drawPhoto(0);
  const { width = 0, height = 0 } = await sharp(original).metadata();
  const cut = sharp(original)
    .extract({ left: 0, top: 0, width: Math.round(width * 0.92), height: Math.round(height * 0.95) })
    .greyscale();
  await send('家门口', '张晓明', original);
  copy = await send(
    '一个特别特别长的标题用来看看它在很窄的屏幕上会不会把版面撑破',
    '欧阳修远',
    await cut.jpeg({ quality: 60 }).toBuffer(),
  );
  await send(
    '别的',
    '李秀英',
    await drawPhoto(1),
    await drawPhoto(2),
    await sharp(await drawPhoto(1))
      .resize(700)
      .toBuffer(),
  );
});
test.afterAll(async () => {
  await site?.stop();
});

async function send(title: string, author: string, ...files: Buffer[]): Promise<{ id: string }> {
  const form = new FormData();
  form.append('category', 'photo');
  form.append('title', title);
  form.append('community', '莲花社区');
  form.append(
    'author',
    JSON.stringify({ name: author, phone: `137${String(title.length).padStart(8, '0')}` }),
  );
  for (const [index, file] of files.entries()) {
    form.append('files', new Blob([new Uint8Array(file)]), `${index}.jpg`);
  }
  const answer = await organiser.request.post(`/api/contests/${slug}/submissions`, { multipart: form });
  expect(answer.status()).toBe(201);
  return answer.json();
}

async function shown(page: Page): Promise<void> {
  const pictures = page.getByRole('dialog').locator('figure img');
  await expect
    .poll(() => pictures.evaluateAll((all) => all.every((img) => (img as HTMLImageElement).complete)))
    .toBe(true);
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

test('the list says of whom a work may be a copy, and how sure that is', async () => {
  await organiser.setViewportSize({ width: 1440, height: 900 });
  await expect(async () => {
    await organiser.goto(`/organise/${slug}/works`);
    await expect(
      organiser.getByText(/疑似重复 A0001（(同一画面|相似)）/).filter({ visible: true }),
    ).toBeVisible({
      timeout: 2000,
    });
  }).toPass({ timeout: 90_000 });
  await expect(organiser.getByText('组内第 1、3 张相似').filter({ visible: true })).toBeVisible();
  await shoot(organiser, 'list');
});

for (const width of widths) {
  test(`both works lie side by side at ${width} px`, async () => {
    await organiser.setViewportSize({ width, height: 900 });
    await organiser.goto(`/organise/${slug}/works?work=${copy.id}`);
    const section = organiser.getByRole('region', { name: '疑似重复（1）' });
    await expect(section.locator('figure')).toHaveCount(2);
    await section.scrollIntoViewIfNeeded();
    await shown(organiser);
    const [left, right] = await section.locator('figure').all();
    const [one, two] = [await left.boundingBox(), await right.boundingBox()];
    expect(Math.abs(one!.y - two!.y)).toBeLessThan(1);
    expect(two!.x).toBeGreaterThanOrEqual(one!.x + one!.width);
    expect(await section.evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true);
    await shoot(organiser, `drawer-${width}`);
  });
}

test('a pair that is no duplicate is dismissed, a slip undone', async () => {
  const section = organiser.getByRole('region', { name: /^疑似重复/ });
  await section.getByRole('button', { name: '不是重复' }).click();
  await expect(section.getByText('已标为不是重复，不再提示。')).toBeVisible();
  await shoot(organiser, 'dismissed');
  await section.getByRole('button', { name: '撤销' }).click();
  await expect(section.locator('figure')).toHaveCount(2);
  await section.getByRole('button', { name: '不是重复' }).click();
  await organiser.reload();
  await expect(organiser.getByRole('dialog').getByText('作品说明')).toBeVisible();
  await expect(organiser.getByRole('region', { name: /^疑似重复/ })).toHaveCount(0);
});
