import { expect, test, type Page } from '@playwright/test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** Signing up where the site requires a code, and an e-mail address given, confirmed and changed. */
const widths = [390, 820, 1440];
const phone = '13800000001';

let site: BrowserSite;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite({ SIGN_UP_CODE: 'required' });
  page = await (await browser.newContext({ baseURL: site.url })).newPage();
});
test.afterAll(() => site?.stop());

async function fits(): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 390, height: 844 });
}

test('an account is made with the code that was sent to the phone', async () => {
  await page.goto('/register');
  await page.getByRole('button', { name: '获取验证码' }).click();
  await expect(page.getByText('请填写 11 位手机号。')).toBeVisible();
  await page.getByLabel('姓名').fill('张晓明');
  await page.getByLabel('手机号', { exact: true }).fill('+86 138-0000-0001');
  await page.getByLabel('设置密码').fill('password of zhang');
  await page.getByRole('button', { name: '注册并继续' }).click();
  await expect(page.getByText('请填写 6 位数字的验证码。')).toBeVisible();
  await page.getByRole('button', { name: '获取验证码' }).click();
  await expect(page.getByRole('button', { name: /^[56]\d 秒后重发$/ })).toBeDisabled();
  await expect(page.getByText(`如果 ${phone} 可以使用，验证码已发出`)).toBeVisible();
  await fits();
  const log = join(site.dataDir, 'codes.log');
  await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8')).toContain(phone);
  const code = readFileSync(log, 'utf8').trimEnd().slice(-6);
  await page.getByLabel('短信验证码').fill(code === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: '注册并继续' }).click();
  await expect(page.getByText('验证码不对或已过期')).toBeVisible();
  await page.getByLabel('短信验证码').fill(code);
  await page.getByRole('button', { name: '注册并继续' }).click();
  await expect(page).not.toHaveURL(/register/);
});

test('a forgotten password is the organiser’s matter where no gateway sends codes', async ({ browser }) => {
  const visitor = await (await browser.newContext({ baseURL: site.url })).newPage();
  await visitor.goto('/sign-in');
  await expect(visitor.getByText('忘记密码？请联系主办方')).toBeVisible();
  await expect(visitor.getByText('用手机验证码重设')).toHaveCount(0);
});

test('an e-mail address is given, confirmed by its link, and taken away', async () => {
  await page.goto('/account');
  await page.getByLabel('邮箱地址').fill('zhang');
  await page.getByRole('button', { name: '发送确认邮件' }).click();
  await expect(page.getByText('请填写正确的邮箱地址。')).toBeVisible();
  const long = `${'zhang-xiaoming'.repeat(4)}@mail.example.org`;
  await page.getByLabel('邮箱地址').fill(long);
  await page.getByRole('button', { name: '发送确认邮件' }).click();
  await expect(page.getByText(`确认邮件已发到 ${long}`)).toBeVisible();
  await fits();
  const folder = join(site.dataDir, 'mail');
  const mail = () => {
    const [name] = existsSync(folder) ? readdirSync(folder).filter((each) => each.endsWith('.eml')) : [];
    return name ? readFileSync(join(folder, name), 'utf8') : '';
  };
  await expect.poll(mail).not.toBe('');
  const text = Buffer.from(/base64\r\n\r\n([^]*?)\r\n--/.exec(mail())?.[1] ?? '', 'base64').toString();
  await page.goto(/\/confirm-email\/[\w-]+/.exec(text)![0]);
  await page.getByRole('button', { name: '确认邮箱' }).click();
  await expect(page.getByText(`邮箱 ${long} 已确认。`)).toBeVisible();
  await fits();
  await page.goto('/account');
  await expect(page.getByText('已确认')).toBeVisible();
  await fits();
  await page.getByRole('button', { name: '删除邮箱' }).click();
  await expect(page.getByLabel('邮箱地址')).toBeVisible();
});
