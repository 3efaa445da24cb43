import { expect, test, type Page } from '@playwright/test';
import type { Client } from '../integration/support/client.ts';
import { axeFindings } from './support/axe.ts';
import { numbered, openJudgingSite, pictures, type JudgingSite } from './support/judging-site.ts';

/**
 * What follows from a locked result, as its people meet it: the organiser publishes the notice, somebody objects and is
 * answered, a certificate is checked, a winner tells whom to pay, and the list for accounting is taken away.
 */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const tablet = { width: 820, height: 1180 };

let site: JudgingSite;
let organiser: Page;
let visitor: Page;

test.beforeAll(async ({ browser }) => {
  site = await openJudgingSite();
  await site.works('photo', await pictures(6, 1500, 1000));
  const panel = [await site.judge(), await site.judge(), await site.judge()];
  const round = await site.round('photo', panel, { kind: 'score', method: 'auto' });
  for (const judge of panel) await markAll(await site.client(judge), round);
  await site.organiser.post(`/rounds/${round}/close`, {});
  const { body } = await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' });
  expect((await site.organiser.post(`/results/${body.id}/lock`)).status).toBe(200);
  const { cookie } = site.organiser;
  const name = cookie.slice(0, cookie.indexOf('='));
  const value = cookie.slice(name.length + 1);
  const options = { baseURL: site.url, viewport: desk, bypassCSP: true, reducedMotion: 'reduce' } as const;
  const context = await browser.newContext(options);
  await context.addCookies([{ name, value, url: site.url }]);
  organiser = await context.newPage();
  visitor = await (await browser.newContext({ ...options, viewport: phone })).newPage();
});
test.afterAll(async () => {
  await site?.stop();
});

async function markAll(client: Client, round: string): Promise<void> {
  const { body } = await client.get(`/rounds/${round}/tasks`);
  for (const { id, submission } of body.items) {
    const value = 95 - Number(submission.title.replace('作品 ', ''));
    await client.put(`/tasks/${id}/sheet`, { marks: { c1: value, c2: value, c3: value }, submitted: true });
  }
}

/** As it stands, at each width: nothing sticks out, and axe has nothing to say. */
async function look(page: Page, name: string) {
  const own = page.viewportSize()!;
  for (const viewport of [phone, tablet, desk]) {
    await page.setViewportSize(viewport);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(wide, `${name} at ${viewport.width}`).toBe(viewport.width);
    expect.soft(await axeFindings(page), `${name} at ${viewport.width}`).toEqual([]);
    if (process.env['LOOK']) {
      await page.screenshot({ path: `${process.env['LOOK']}/${name}-${viewport.width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize(own);
}

/** The same page in English. */
async function lookInEnglish(page: Page, name: string, heading: string) {
  await page.goto(`${new URL(page.url()).pathname}?lang=en`);
  await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
  await look(page, `${name}-en`);
  await page.goto(`${new URL(page.url()).pathname}?lang=zh`);
}

const dialog = (page: Page) => page.getByRole('dialog');

test('the organiser says whom to complain to, sees the notice, and publishes it', async () => {
  await organiser.goto(`/organise/${slug}/notice`);
  await expect(organiser.getByRole('heading', { name: '还没有发布公示' })).toBeVisible();
  await look(organiser, 'notice-none');
  await organiser.getByLabel('受理人或部门').fill('天元区文联办公室 陈老师');
  await organiser.getByLabel('电话').fill('0731-22880000');
  await organiser.getByLabel('放假的日子').fill('2026-10-01~2026-10-07');
  await organiser.getByLabel('调休上班的周末').fill('十月十日');
  await expect(organiser.getByText('看不懂：十月十日')).toBeVisible();
  await organiser.getByLabel('调休上班的周末').fill('2026-10-10');
  await organiser.getByRole('button', { name: '保存设置' }).click();
  await expect(organiser.getByText('已保存')).toBeVisible();

  await organiser.getByRole('button', { name: '预览公示' }).click();
  await expect(dialog(organiser).getByText('作*1').first()).toBeVisible();
  await look(organiser, 'notice-preview');
  await dialog(organiser).getByRole('button', { name: '发布', exact: true }).click();
  await expect(dialog(organiser)).toBeHidden();
  await expect(organiser.getByRole('heading', { name: /公示中，还剩 5 个工作日/ })).toBeVisible();
});

test('anybody reads it, on a phone too, and finds it from the contest’s page', async () => {
  await visitor.goto(`/c/${slug}`);
  await visitor.getByRole('link', { name: /获奖名单公示/ }).click();
  await expect(visitor.getByRole('heading', { level: 1, name: '“定格·幸福社区”获奖作品公示' })).toBeVisible();
  await expect(visitor.getByRole('heading', { name: '特等奖（1 名）' })).toBeVisible();
  await expect(visitor.getByText('作者1', { exact: true })).toHaveCount(0);
  await look(visitor, 'notice');
  await lookInEnglish(visitor, 'notice', 'Winners of “定格·幸福社区”: public notice');
});

let answerPath = '';

test('somebody objects, after a moment, with a paper; a slip is told beside its field', async () => {
  await visitor.goto(`/c/${slug}/notice`);
  await visitor.getByRole('button', { name: '提出异议' }).first().click();
  const form = dialog(visitor);
  await expect(form.getByRole('button', { name: /秒后可以提交/ })).toBeDisabled();
  await form.getByLabel('您的姓名').fill('赵六');
  await form.getByLabel('手机号').fill('13633330001');
  await form.getByLabel('作品编号').fill('A0002');
  await form.getByLabel('异议内容').fill('太短');
  const paper = { name: '证明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
  await form.getByLabel('附件').setInputFiles(paper);
  await look(visitor, 'objection-form');
  await form.getByRole('button', { name: '提交异议' }).click();
  await expect(form.getByText('至少 10 个字。').last()).toBeVisible();
  await form.getByLabel('异议内容').fill('这件作品去年在别的比赛里得过奖，附件是当时的公告。');
  await form.getByRole('button', { name: '提交异议' }).click();
  await expect(form.getByText('已收到，这是第 1 条异议')).toBeVisible();
  answerPath = new URL(await form.getByLabel('查看答复的链接').inputValue()).pathname;
  await visitor.goto(answerPath);
  await expect(visitor.getByText(/主办方还没有答复/)).toBeVisible();
  await look(visitor, 'objection-own');
});

test('the organiser answers it, in public', async () => {
  await organiser.goto(`/organise/${slug}/notice`);
  await expect(organiser.getByText('待答复')).toBeVisible();
  await expect(organiser.getByRole('link', { name: /下载 证明.pdf/ })).toBeVisible();
  await look(organiser, 'notice-desk');
  await organiser.getByRole('button', { name: '答复' }).click();
  await dialog(organiser).getByLabel('答复内容').fill('经查，去年得奖的是另一件作品，照片不同。');
  await dialog(organiser).getByRole('checkbox').check();
  await dialog(organiser).getByRole('button', { name: '保存答复' }).click();
  await expect(organiser.getByText('已答复，公开')).toBeVisible();
  await lookInEnglish(organiser, 'notice-desk', 'Notice');
  await visitor.goto(answerPath);
  await expect(visitor.getByText('经查，去年得奖的是另一件作品，照片不同。')).toBeVisible();
  await visitor.goto(`/c/${slug}/notice`);
  await expect(visitor.getByText('共收到 1 条，已答复 1 条。')).toBeVisible();
  await expect(visitor.getByText('经查，去年得奖的是另一件作品，照片不同。')).toBeVisible();
});

test('nobody is asked whom to pay until the period is over', async () => {
  await organiser.goto(`/organise/${slug}/winners`);
  await expect(organiser.getByRole('heading', { name: '现在还不能收集领奖信息' })).toBeVisible();
  await expect(organiser.getByRole('button', { name: '生成链接' }).first()).toBeDisabled();
  await look(organiser, 'winners-held');
  await site.db.query(`UPDATE sessions SET expires_at = '2100-01-01'`);
  await site.db.query(
    `CREATE OR REPLACE FUNCTION dingge_now() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS $$ SELECT clock_timestamp() + interval '20 days' $$`,
  );
});

test('a winner tells whom to pay by a link of his own, once', async () => {
  await organiser.goto(`/organise/${slug}/winners`);
  await organiser.getByRole('button', { name: '生成链接' }).first().click();
  const link = await dialog(organiser).getByLabel('领奖链接').inputValue();
  await look(organiser, 'winner-link');
  await dialog(organiser).getByRole('button', { name: '好了' }).click();

  await visitor.goto(new URL(link).pathname);
  await expect(visitor.getByRole('heading', { name: '恭喜获奖' })).toBeVisible();
  await expect(visitor.getByText('作*1').first()).toBeVisible();
  const handIn = async (picture: number, width: number) => {
    const buffer = await numbered(picture, width, width / 1.5);
    await visitor
      .getByLabel(/选择原图|换一个文件/)
      .setInputFiles({ name: '原图.jpg', mimeType: 'image/jpeg', buffer });
  };
  await expect(visitor.getByText('评审用的文件：1500 × 1000')).toBeVisible();
  await handIn(3, 2100);
  await expect(visitor.getByText(/看起来不是同一张照片/)).toBeVisible();
  await look(visitor, 'payee-different');
  await handIn(0, 2400);
  await expect(visitor.getByText(/已收到，是同一张照片：2400 × 1600/)).toBeVisible();
  await visitor.getByLabel('真实姓名').fill('作者1');
  await visitor.getByLabel('证件号码').fill('110105194912310021');
  await visitor.getByLabel('开户行').fill('中国银行株洲天元支行');
  await visitor.getByLabel('银行账号').fill('4111 1111 1111 1112');
  await visitor.getByLabel(/我确认投稿的 1 个文件/).check();
  await visitor.getByLabel(/我同意主办方/).check();
  await visitor.getByRole('button', { name: '提交' }).click();
  await expect(visitor.getByText('最后一位校验码对不上，请检查有没有写错一位。')).toBeVisible();
  await look(visitor, 'payee');
  await visitor.getByLabel('证件号码').fill('11010519491231002x');
  await visitor.getByRole('button', { name: '提交' }).click();
  await expect(visitor.getByText(/这个卡号没有通过校验/)).toBeVisible();
  await visitor.getByLabel('银行账号').fill('4111 1111 1111 1111');
  await visitor.getByRole('button', { name: '提交' }).click();
  await expect(visitor.getByRole('heading', { name: '已提交' })).toBeVisible();
  await look(visitor, 'payee-done');
  await visitor.reload();
  await expect(visitor.getByText(/这个领奖链接已经用过/)).toBeVisible();
});

test('the organiser sees it masked, looks at the whole on record, chooses taxes, and takes the list', async () => {
  await organiser.goto(`/organise/${slug}/winners`);
  await expect(organiser.getByText(/110\*+002X/)).toBeVisible();
  await expect(organiser.getByText(/补交了第 1 张的原图：2400 × 1600/)).toBeVisible();
  await organiser.getByRole('button', { name: '查看完整' }).click();
  await dialog(organiser).getByRole('button', { name: '查看，并记入日志' }).click();
  await expect(dialog(organiser).getByText('11010519491231002X')).toBeVisible();
  await dialog(organiser).getByRole('button', { name: '好了' }).click();
  await organiser.getByLabel('全部设为').selectOption('incidental');
  await organiser.getByRole('button', { name: '保存', exact: true }).click();
  await expect(organiser.getByText('已保存')).toBeVisible();
  await expect(organiser.getByText('每个扣 ¥\u202f400，实发 ¥\u202f1,600')).toBeVisible();
  await look(organiser, 'winners');
  await lookInEnglish(organiser, 'winners', 'Winners');
  await expect(organiser.getByRole('heading', { name: '获奖者' })).toBeVisible();
  const item = organiser.getByRole('listitem').filter({ hasText: '奖金发放表' });
  const [file] = await Promise.all([
    organiser.waitForEvent('download'),
    item.getByRole('button', { name: '下载' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('accounting.xlsx');
});

test('exports: certificates are looked through first, and lead to where they are checked', async () => {
  await organiser.goto(`/organise/${slug}/exports`);
  await organiser.getByRole('button', { name: '检查证书' }).click();
  await expect(organiser.getByText('所有姓名和标题都能印出来。')).toBeVisible();
  await organiser.getByText('单张下载').click();
  const number = await organiser.getByText(/^\d{4}-0001-/).innerText();
  await look(organiser, 'exports');
  await lookInEnglish(organiser, 'exports', 'Exports');
  const [file] = await Promise.all([
    organiser.waitForEvent('download'),
    organiser.getByRole('link', { name: '下载', exact: true }).last().click(),
  ]);
  expect(file.suggestedFilename()).toBe('originals.zip');

  await visitor.goto(`/check/${number.toLowerCase()}`);
  await expect(visitor.getByText('证书有效')).toBeVisible();
  await expect(visitor.getByText('作*1')).toBeVisible();
  await look(visitor, 'check');
  await lookInEnglish(visitor, 'check', '定格·幸福社区');
  await visitor.goto('/check');
  await visitor.getByLabel('证书编号').fill('2026-0001-ZZZZ');
  await visitor.getByRole('button', { name: '核验' }).click();
  await expect(visitor.getByRole('alert')).toContainText('没有这个编号的证书');
  await look(visitor, 'check-none');
});
