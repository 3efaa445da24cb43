import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/**
 * The whole corridor, walked by five people in a real browser: an entrant on a phone, an organiser and three
 * judges. With README_PICTURES=1 it also takes the README's screenshots.
 */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const organiserPassword = 'the organisers own';
const judges = ['陈老师', '林老师', '周老师'];
/** Apt to the scenes that drawPhoto draws, in its order. */
const works = [
  { title: '渡口的早晨', author: '张晓明' },
  { title: '晨雾漫过莲花山', author: '李秀英' },
  { title: '稻田里的守望', author: '刘建国' },
  { title: '社区放飞日', author: '欧阳修远' },
  { title: '老树下的三代人', author: '王桂兰' },
  { title: '收工以后，江边站一会儿', author: '陈志强' },
  { title: '天元大桥入夜', author: '周芳' },
  { title: '元宵', author: '谭国华' },
];
const titles = works.map(({ title }) => title);

let site: BrowserSite;
let entrant: Page;
let organiser: Page;
const invitations: string[] = [];

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite({}, { asPeople: true });
  entrant = await person(browser, { width: 390, height: 844 });
  organiser = await person(browser, { width: 1440, height: 900 });
});
test.afterAll(async () => {
  await site?.stop();
});

async function person(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, baseURL: site.url });
  return context.newPage();
}

async function shoot(page: Page, name: string): Promise<void> {
  if (process.env['README_PICTURES']) {
    await page.screenshot({ path: `docs/pictures/${name}.jpg`, quality: 85 });
  }
}

/** Every picture on the page has been loaded. */
async function pictured(where: Locator): Promise<void> {
  await expect(where.locator('img').first()).toBeVisible();
  await expect
    .poll(() =>
      where.locator('img').evaluateAll((all) => all.every((img) => (img as HTMLImageElement).complete)),
    )
    .toBe(true);
  // Read is not yet painted.
  await where
    .locator('img')
    .evaluateAll((all) => Promise.all(all.map((img) => (img as HTMLImageElement).decode())));
}

test('an entrant finds the contest, registers and sends a photo from a phone', async () => {
  await entrant.goto('/');
  await expect(entrant.getByRole('heading', { level: 1 })).toContainText('定格·幸福社区');
  await expect(entrant.getByText('特等奖')).toBeVisible();
  await shoot(entrant, 'landing');

  await entrant.getByRole('link', { name: '我要投稿' }).first().click();
  await entrant.getByRole('link', { name: '注册' }).click();
  await entrant.getByLabel('姓名').fill('张晓明');
  await entrant.getByLabel('手机号').fill('13800000001');
  await entrant.getByLabel('设置密码').fill('password of zhang');
  await entrant.getByRole('button', { name: '注册并继续' }).click();

  await entrant
    .locator('input[type=file]')
    .setInputFiles({ name: '家门口.jpg', mimeType: 'image/jpeg', buffer: await drawPhoto(0) });
  await entrant.getByLabel('作品标题').fill(titles[0]);
  await entrant.getByRole('combobox', { name: '拍摄社区 / 村' }).fill('东湖');
  await entrant.getByRole('option', { name: /东湖社区/ }).click();
  await expect(entrant.getByText(/已存草稿/)).toBeVisible();
  await shoot(entrant, 'enter');
  await entrant.getByRole('button', { name: '下一步' }).click();
  await entrant.getByRole('button', { name: '下一步' }).click();
  await entrant.getByRole('checkbox').check();
  await entrant.getByRole('button', { name: '确认投稿' }).click();
  await expect(entrant.getByText('A0001').first()).toBeVisible();

  await entrant.goto(`/c/${slug}/mine`);
  await expect(entrant.getByText(titles[0])).toBeVisible();
  await pictured(entrant.locator('main'));
});

test('more works come in, for other authors, from the same account', async () => {
  for (const [index, { title, author }] of works.entries()) {
    if (index === 0) continue;
    const answer = await entrant.request.post(`/api/contests/${slug}/submissions`, {
      multipart: {
        category: 'photo',
        title,
        story: '住了三十年的地方，换一个时辰去看，又是另一番样子。',
        community: '莲花社区',
        author: JSON.stringify({ name: author, phone: `1370000000${index}` }),
        files: { name: `${index}.jpg`, mimeType: 'image/jpeg', buffer: await drawPhoto(index) },
      },
    });
    expect(answer.status()).toBe(201);
  }
});

test('the organiser signs in with the printed password, must change it, and clears the desk', async () => {
  await organiser.goto('/sign-in');
  await organiser.getByLabel('手机号或邮箱').fill('admin@dingge.local');
  await organiser.getByLabel('密码', { exact: true }).fill(site.oneTimePassword);
  await organiser.getByRole('button', { name: '登录' }).click();
  await expect(organiser.getByRole('heading', { name: '请先修改密码' })).toBeVisible();
  await organiser.getByLabel('当前密码').fill(site.oneTimePassword);
  await organiser.getByLabel('新密码').fill(organiserPassword);
  await organiser.getByRole('button', { name: '保存新密码' }).click();
  await expect(organiser.getByRole('heading', { name: `待审 ${titles.length} 件` })).toBeVisible();

  await organiser.goto(`/organise/${slug}/works`);
  await expect(organiser.getByText(titles[1])).toBeVisible();
  await expect(async () => {
    const answer = await organiser.request.get(`/api/contests/${slug}/overview`);
    expect((await answer.json()).media.pending).toBe(0);
  }).toPass({ timeout: 60_000 });
  await organiser.reload();
  await pictured(organiser.locator('main'));
  await shoot(organiser, 'screening');

  await organiser.getByRole('link', { name: /^开始审核/ }).click();
  await pictured(organiser.locator('main'));
  for (let work = 1; work <= titles.length; work++) {
    await expect(organiser.getByText(`${work} / ${titles.length}`)).toBeVisible();
    await organiser.keyboard.press('p');
  }
  await expect(async () => {
    const answer = await organiser.request.get(`/api/contests/${slug}/overview`);
    expect((await answer.json()).submissions.accepted).toBe(titles.length);
  }).toPass({ timeout: 20_000 });
});

test('the organiser invites three judges and opens a round', async () => {
  await organiser.goto(`/organise/${slug}/rounds`);
  await organiser.getByRole('button', { name: '邀请评委' }).click();
  for (const [index, name] of judges.entries()) {
    await organiser.getByLabel('姓名').fill(name);
    await organiser.getByLabel('手机号或邮箱').fill(`1390000000${index}`);
    await organiser.getByRole('button', { name: '生成邀请链接' }).click();
    const link = organiser.getByRole('dialog').getByText(/\/link\//);
    await expect(organiser.getByText(`${name} 已加入评委`)).toBeVisible();
    invitations.push(
      await textOrValue(link.or(organiser.getByRole('dialog').locator('input[readonly]')).first()),
    );
    if (index < judges.length - 1) await organiser.getByRole('button', { name: '再邀请一位' }).click();
  }
  await organiser.getByRole('button', { name: '完成' }).click();

  await organiser.getByRole('button', { name: '新建轮次' }).click();
  for (const name of judges) await organiser.getByRole('checkbox', { name }).check();
  await organiser.getByRole('button', { name: '建好这一轮' }).click();
  await organiser.getByRole('button', { name: '开始评审' }).click();
  await organiser.getByRole('button', { name: '开始，冻结设置' }).click();
  await expect(organiser.getByText('评审中').first()).toBeVisible();
});

for (const [index, name] of judges.entries()) {
  test(`${name} takes the invitation and marks every work by keyboard`, async ({ browser }) => {
    const page = await person(browser, { width: 1366, height: 900 });
    await page.goto(new URL(invitations[index]).pathname);
    await page.getByLabel('设置密码').fill(`password of judge ${index}`);
    await page.getByRole('button', { name: '保存密码并登录' }).click();
    await page.getByRole('link', { name: '开始评审' }).click();
    await expect(page.getByText(`0 / ${titles.length}`)).toBeVisible();
    for (const secret of [...works.map(({ author }) => author), 'A0001', '东湖社区', '13800000001']) {
      await expect(page.getByText(secret)).toHaveCount(0);
    }
    await pictured(page.locator('main'));
    await page.keyboard.press('e');
    for (let work = 0; work < titles.length; work++) {
      if (work === 3 && index === 0) await shoot(page, 'judge-single');
      // Three criteria, two digits each; after the last the next work comes by itself.
      for (let criterion = 0; criterion < 3; criterion++) {
        await page.keyboard.type(String(60 + ((work * 7 + index * 5 + criterion * 3) % 39)));
        await page.keyboard.press('Enter');
      }
      await expect(page.getByText(`${work + 1} / ${titles.length}`).first()).toBeVisible();
    }
    await expect(page.getByRole('status').filter({ hasText: '已保存' })).toBeVisible();
    const rounds = await page.request.get('/api/judge/rounds');
    expect((await rounds.json()).items[0]).toMatchObject({ done: titles.length, total: titles.length });
    await page.getByRole('button', { name: '再看看' }).click();
    await page.keyboard.press('g');
    await pictured(page.locator('main'));
    if (index === 0) await shoot(page, 'judge-grid');
    await page.context().close();
  });
}

test('the organiser closes the round, runs the result, locks it and takes the lists away', async () => {
  await organiser.reload();
  await organiser.getByRole('button', { name: '关闭这一轮' }).click();
  await organiser.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).last().click();
  await organiser.getByRole('link', { name: '去定奖' }).click();
  await organiser.getByRole('button', { name: '试算' }).click();
  await expect(organiser.getByText('特等奖').first()).toBeVisible();
  await pictured(organiser.locator('main'));
  await shoot(organiser, 'results');

  await organiser.getByRole('button', { name: '锁定结果' }).click();
  await organiser.getByLabel(/请输入“锁定”确认/).fill('锁定');
  await organiser.getByRole('dialog').getByRole('button', { name: /锁定/ }).click();
  await expect(organiser.getByText(/已锁定/).first()).toBeVisible();

  for (const [name, least] of Object.entries({
    'winners.xlsx': 20_000,
    'winners.csv': 300,
    'scores.xlsx': 2000,
  })) {
    const file = await organiser.request.get(`/api/contests/${slug}/exports/${name}`);
    expect(file.status()).toBe(200);
    expect((await file.body()).length).toBeGreaterThan(least);
  }
  await entrant.goto('/');
  await expect(entrant.getByRole('heading', { level: 1 })).toContainText('定格·幸福社区');
});

async function textOrValue(locator: Locator): Promise<string> {
  await expect(locator).toBeVisible();
  return locator.evaluate((element) => (element as HTMLInputElement).value || element.textContent.trim());
}
