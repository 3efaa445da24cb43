import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** What is kept of a person, taking it away, and giving the account up, on the screen. */
const slug = 'tianyuan-2019';
const password = 'password of zhang';
const long = '一个特别特别长的标题用来看看它在很窄的屏幕上会不会把版面撑破以及还有多长';

let site: BrowserSite;
let entrant: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  entrant = await (await browser.newContext({ baseURL: site.url })).newPage();
  const person = { name: '张晓明', phone: '13800000001', password };
  expect((await entrant.request.post('/api/accounts', { data: person })).ok()).toBe(true);
  const sent = await entrant.request.post(`/api/contests/${slug}/submissions`, {
    multipart: {
      category: 'photo',
      title: long,
      community: '莲花社区',
      author: JSON.stringify({ name: '李奶奶', phone: '13800000002' }),
      files: { name: '照片.jpg', mimeType: 'image/jpeg', buffer: await drawPhoto(0) },
    },
  });
  expect(sent.status()).toBe(201);
});
test.afterAll(() => site?.stop());

const fits = async (page: Page) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
};

for (const width of [390, 820, 1440]) {
  test(`the page at ${width} px says what is kept, with the contest’s dates`, async () => {
    await entrant.setViewportSize({ width, height: 900 });
    await entrant.goto(`/privacy/${slug}`);
    await expect(entrant.getByText('照片自带信息：相机、镜头、拍摄时间、定位（GPS）')).toBeVisible();
    await expect(entrant.getByRole('heading', { name: '这次比赛的日期' })).toBeVisible();
    await expect(entrant.getByRole('button', { name: '下载我的数据' })).toBeVisible();
    await fits(entrant);
    await entrant.getByRole('button', { name: '注销账号' }).click();
    await expect(entrant.getByText('1 件作品（含 0 件草稿）、1 个原始文件')).toBeVisible();
    await expect(entrant.getByText('替另外 1 位作者')).toBeVisible();
    await fits(entrant);
    await entrant.getByRole('button', { name: '不注销' }).click();
    await expect(entrant.getByRole('dialog')).toHaveCount(0);
  });
}

test('it is reached from where people give their data, signed in or not', async ({ browser }) => {
  const visitor = await (await browser.newContext({ baseURL: site.url })).newPage();
  await visitor.goto('/register');
  await visitor.getByRole('link', { name: '个人信息说明' }).click();
  await expect(visitor.getByRole('link', { name: '登录后可以下载数据或注销账号' })).toBeVisible();
  await visitor.goto(`/c/${slug}`);
  await visitor.getByRole('link', { name: '个人信息说明' }).click();
  await expect(visitor).toHaveURL(new RegExp(`/privacy/${slug}$`));
  await visitor.close();
});

test('phones are masked where nobody types them', async () => {
  await entrant.setViewportSize({ width: 390, height: 900 });
  await entrant.goto('/account');
  await expect(entrant.getByText('138****0001')).toBeVisible();
  await entrant.goto(`/c/${slug}/mine`);
  await entrant.getByText(long).first().click();
  await expect(entrant.getByText('李奶奶 · 138****0002')).toBeVisible();
  expect(await entrant.locator('body').innerText()).not.toMatch(/1380000000\d/);
});

test('one’s data comes as an archive', async () => {
  await entrant.goto(`/privacy/${slug}`);
  const coming = entrant.waitForEvent('download');
  await entrant.getByRole('button', { name: '下载我的数据' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('我的数据.zip');
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  await expect(entrant.getByText('已经开始下载')).toBeVisible();
});

test('the account is given up with the password only, and then it is gone', async () => {
  await entrant.getByRole('button', { name: '注销账号' }).click();
  const dialog = entrant.getByRole('dialog');
  await dialog.getByRole('button', { name: '注销账号' }).click();
  await expect(dialog.getByText('请输入登录密码。')).toBeVisible();
  await dialog.getByLabel('登录密码').fill('not that one');
  await dialog.getByRole('button', { name: '注销账号' }).click();
  await expect(dialog.getByText('密码不对，请重新输入。')).toBeVisible();
  await dialog.getByLabel('登录密码').fill(password);
  await dialog.getByRole('button', { name: '注销账号' }).click();
  await expect(entrant.getByRole('heading', { name: '账号已注销' })).toBeVisible();
  await fits(entrant);
  await entrant.goto(`/c/${slug}/mine`);
  await expect(entrant).toHaveURL(/sign-in/);
  const again = await entrant.request.post('/api/session', { data: { login: '13800000001', password } });
  expect(again.status()).toBe(401);
});
