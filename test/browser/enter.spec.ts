import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/**
 * The form as it is filled in on a phone: what is pasted from Douyin, what the photo already tells, and nothing lost when
 * the network or the battery goes. With SCREENS=<folder> it takes pictures of the pages.
 */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const phone = { width: 390, height: 844 };
const widths = [390, 820, 1440];

let site: BrowserSite;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  context = await browser.newContext({ viewport: phone, baseURL: site.url });
  page = await context.newPage();
  await register(page, '张晓明', '13800000001');
});
test.afterAll(async () => {
  await site?.stop();
});

async function register(who: Page, name: string, number: string): Promise<void> {
  const answer = await who.request.post('/api/accounts', {
    data: { name, phone: number, password: 'password of theirs' },
  });
  expect(answer.status()).toBe(201);
}

async function shoot(name: string): Promise<void> {
  const folder = process.env['SCREENS'];
  if (!folder) return;
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 1100 });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(phone);
}

const title = () => page.getByLabel('作品标题');
const saved = () => expect(page.getByText('已存草稿 刚刚')).toBeVisible();
const works = async () => {
  const answer = await page.request.get(`/api/contests/${slug}/submissions?mine=1`);
  return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
};

/** The network takes nothing that is sent any more, as in a lift; until the answer is called. */
async function cutOff(): Promise<() => Promise<void>> {
  await context.route('**/api/**', (route) =>
    route.request().method() === 'GET' ? route.fallback() : route.abort('internetdisconnected'),
  );
  return () => context.unroute('**/api/**');
}

test('what is typed without a network is there after a reload, and is saved once there is one', async () => {
  await page.goto(`/c/${slug}/enter`);
  const restore = await cutOff();
  await title().fill('电梯里写的');
  await page.getByLabel('作品说明').fill('还没有网。');
  await expect(page.getByText('没有存上')).toBeVisible();
  expect(await works()).toEqual([]);

  await page.reload();
  await expect(title()).toHaveValue('电梯里写的');
  await expect(page.getByLabel('作品说明')).toHaveValue('还没有网。');
  await expect(page.getByText('已恢复上次没有存上的内容。')).toBeVisible();
  await expect(page.getByText('没有存上', { exact: false }).last()).toBeVisible();
  await shoot('restored');

  await restore();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await saved();
  await expect(page).toHaveURL(/\/enter\/[\da-f-]{36}/);
  expect(await works()).toMatchObject([{ title: '电梯里写的', story: '还没有网。', status: 'draft' }]);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('kept')))).toEqual(
    [],
  );
});

test('so it is with a draft that the server has, a half-typed author included', async () => {
  const restore = await cutOff();
  await title().fill('电梯里改的');
  await expect(page.getByText('没有存上').first()).toBeVisible();
  await page.reload();
  await expect(title()).toHaveValue('电梯里改的');
  // Whoever doesn't want it gets back what was saved.
  await page.getByRole('button', { name: '不要这些内容' }).click();
  await expect(title()).toHaveValue('电梯里写的');
  await restore();
  await page.reload();
  await expect(title()).toHaveValue('电梯里写的');
  await expect(page.getByText('已恢复上次没有存上的内容。')).toHaveCount(0);

  await page.goto(`${new URL(page.url()).pathname}?step=2`);
  await page.getByLabel('替他人投稿').check();
  await page.getByLabel('作者姓名').fill('欧阳修');
  await page.getByLabel('作者手机号').fill('139');
  await page.waitForTimeout(1500);
  await page.reload();
  await expect(page.getByLabel('作者姓名')).toHaveValue('欧阳修');
  await expect(page.getByLabel('作者手机号')).toHaveValue('139');
});

test('the sender says that the author agreed, and again when it is another author', async () => {
  await page.getByLabel('作者手机号').fill('13900000001');
  await page.getByLabel('已征得作者同意').check();
  await saved();
  const agreedAt = expect.stringMatching(/^\d{4}-/) as string;
  expect(await works()).toMatchObject([{ author: { name: '欧阳修' }, authorAgreedAt: agreedAt }]);
  await shoot('author');
  await page.getByLabel('作者姓名').fill('欧阳修远');
  await expect(page.getByLabel('已征得作者同意')).not.toBeChecked();
  await saved();
});

test('the photo fills in day and place, the community its name, and neither overwrites what was typed', async () => {
  await page.goto(`/c/${slug}/enter`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '家门口.jpg', mimeType: 'image/jpeg', buffer: await drawPhoto(0) });
  await expect(page.getByLabel('拍摄时间')).toHaveValue('2026-08-10', { timeout: 60_000 });
  await expect(page.getByText('按文件里的日期填好，可以改。')).toBeVisible();
  await expect(page.getByLabel('拍摄地点')).toHaveValue(/^北纬 27\.\d{3}°，东经 113\.\d{3}°$/);
  await expect(page.getByText('按照片里的定位填好，可以改。')).toBeVisible();
  await title().fill('归途');
  await page.getByRole('combobox', { name: '拍摄社区 / 村' }).fill('东湖');
  await page.getByRole('option', { name: /东湖社区/ }).click();
  await expect(page.getByLabel('拍摄地点')).toHaveValue(/^东湖社区 · 北纬 27\.\d{3}°，东经 113\.\d{3}°$/);
  await shoot('photo');
  await page.getByLabel('拍摄地点').fill('东湖社区北门');
  await page.getByLabel('拍摄时间').fill('2026-08-09');
  await saved();
  await page.reload();
  await expect(page.getByLabel('拍摄时间')).toHaveValue('2026-08-09');
  await expect(page.getByLabel('拍摄地点')).toHaveValue('东湖社区北门');
});

test('the declaration is the contest’s own, and the work is sent with it', async () => {
  await page.getByRole('button', { name: '下一步' }).click();
  await expect(page.getByRole('heading', { name: '谁拍的' })).toBeVisible();
  await page.getByRole('button', { name: '下一步' }).click();
  await expect(page.getByText('原创作品', { exact: false })).toBeVisible();
  await expect(page.getByText('没有合成', { exact: false })).toBeVisible();
  await expect(page.getByText('承诺书版本 2019-2')).toBeVisible();
  await shoot('declaration');
  await page.getByLabel(/我作出以上承诺/).check();
  await page.getByRole('button', { name: '确认投稿' }).click();
  await expect(page.getByText('2026-08-09 · 东湖社区北门')).toBeVisible();
  await shoot('sent');
  expect((await works())[0]).toMatchObject({ status: 'submitted', consent: { version: '2019-2' } });
});

test('one’s own picture again is told at the tile, with the work that it is like', async () => {
  await page.goto(`/c/${slug}/enter`);
  const { default: sharp } = await import('sharp');
  const smaller = await sharp(await drawPhoto(0))
    .rotate()
    .resize(1800)
    .jpeg()
    .toBuffer();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '又一张.jpg', mimeType: 'image/jpeg', buffer: smaller });
  await expect(page.getByText(/和您的《归途》（A0001）很像/)).toBeVisible({ timeout: 60_000 });
  await shoot('own-duplicate');
});

test('a pasted Douyin text is read while it is pasted, and says what it lacks', async () => {
  await page.goto(`/c/${slug}/enter`);
  await page.getByText('抖音视频作品', { exact: true }).first().click();
  const field = page.getByLabel('抖音分享口令');
  await field.fill(
    '3.00 复制打开抖音，看看【湘江老李的作品】晨渡 # 幸福社区 # 株洲天元 https://v.douyin.com/iRNBho6u/ 04/18 xXx:/',
  );
  for (const text of [
    'https://v.douyin.com/iRNBho6u/',
    '湘江老李',
    '#幸福社区 #株洲天元',
    '短链接不含编号，不影响投稿',
  ]) {
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  }
  await saved();
  await shoot('douyin-found');
  await field.fill('https://www.douyin.com/user/MS4wLjABAAAAK8yyhMzdNAty 我的主页');
  await expect(page.getByText('这是个人主页的链接，不是视频。', { exact: false })).toBeVisible();
  await shoot('douyin-profile');
  await field.fill('https://douyin.com.evil.example/video/7252695782170873088');
  await expect(page.getByText('这不是抖音的链接。', { exact: false })).toBeVisible();
  await field.fill('😀'.repeat(300));
  await expect(page.getByText('没有找到抖音视频的链接。', { exact: false })).toBeVisible();
  await saved();
  expect((await works())[0]).toMatchObject({ category: 'douyin', douyinText: '😀'.repeat(300) });
  await field.fill('');
  await shoot('douyin-empty');
});

for (const [clock, days] of [
  ['behind', -366],
  ['ahead', 366],
] as const) {
  test(`a phone whose clock is a year ${clock} sends a work as any other`, async ({ browser }) => {
    const theirs = await browser.newContext({ viewport: phone, baseURL: site.url });
    await theirs.addInitScript((by) => {
      const RealDate = Date;
      globalThis.Date = class extends RealDate {
        constructor(...given: unknown[]) {
          super(...((given.length === 0 ? [RealDate.now() + by] : given) as [number]));
        }
        static override now = () => RealDate.now() + by;
      } as DateConstructor;
    }, days * 86_400_000);
    const off = await theirs.newPage();
    await register(off, '慢一年', days < 0 ? '13800000021' : '13800000022');

    const right = await context.newPage();
    await right.goto(`/c/${slug}`);
    const left = await right
      .getByText(/距截稿还有 \d+ 天/)
      .first()
      .innerText();
    await right.close();
    await off.goto(`/c/${slug}`);
    expect(await off.evaluate(() => new Date().getFullYear())).not.toBe(new Date().getFullYear());
    await expect(off.getByText(left).first()).toBeVisible();

    const taken = days < 0 ? '2026-08-13' : '2026-08-14';
    await off.goto(`/c/${slug}/enter`);
    await off.locator('input[type=file]').setInputFiles({
      name: '晚霞.jpg',
      mimeType: 'image/jpeg',
      buffer: await drawPhoto(days < 0 ? 3 : 4),
    });
    await expect(off.getByLabel('拍摄时间')).toHaveValue(taken, { timeout: 60_000 });
    await off.getByLabel('作品标题').fill('晚霞');
    await off.getByRole('combobox', { name: '拍摄社区 / 村' }).fill('东湖');
    await off.getByRole('option', { name: /东湖社区/ }).click();
    await off.getByRole('button', { name: '下一步' }).click();
    await off.getByRole('button', { name: '下一步' }).click();
    await off.getByLabel(/我作出以上承诺/).check();
    await off.getByRole('button', { name: '确认投稿' }).click();
    await expect(off.getByText(`${taken} · 东湖社区`)).toBeVisible();
    await theirs.close();
  });
}

test('signing out leaves nothing of it on the device', async () => {
  const restore = await cutOff();
  await title().fill('不要留下');
  await expect(page.getByText('没有存上').first()).toBeVisible();
  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('kept')).length);
  expect(await kept()).toBeGreaterThan(0);
  await restore();
  await page.goto('/account');
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect.poll(kept).toBe(0);
});
