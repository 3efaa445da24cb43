import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import {
  accept,
  inviteJudges,
  markWorks,
  newPage,
  ok,
  sendPhotos,
  signIn,
  signInOrganiser,
} from './support/desk.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** From a closed round to a locked result and its second version, as an organiser does it on the board. */
test.describe.configure({ mode: 'serial' });

const slug = 'tianyuan-2019';
const desk = { width: 1440, height: 900 };
const tablet = { width: 820, height: 1180 };
const phone = { width: 390, height: 844 };
const titles = [
  '渡口的早晨',
  '晨雾漫过莲花山，云海之上还有一座城市在慢慢醒来的那个很长很长的冬天的早晨',
  '稻田里的守望',
  '社区放飞日',
  '老树下的三代人',
  '收工以后',
  '雨后的站台',
  '归途',
];
/** By work, what the judges think of it. */
const worth = [95, 90, 89, 80, 74, 73, 60, 52];

let site: BrowserSite;
let page: Page;

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  page = await newPage(browser, site, { viewport: desk, bypassCSP: true });
  await signInOrganiser(page, site);
  const entrant = await newPage(browser, site);
  await accept(page, await sendPhotos(entrant, titles));
  await entrant.context().close();
  const judges = await inviteJudges(page, ['陈老师', '林老师', '周老师', '何老师', '吴老师']);
  const round = await ok<{ id: string }>(
    page.request.post(`/api/contests/${slug}/rounds`, {
      data: { category: 'photo', name: '终评', kind: 'score', judges: judges.map(({ id }) => id) },
    }),
  );
  await ok(page.request.post(`/api/rounds/${round.id}/open`));
  for (const [seat, { login, password }] of judges.entries()) {
    const own = await newPage(browser, site);
    await signIn(own, login, password);
    await markWorks(own, round.id, (title) => {
      const work = titles.indexOf(title);
      return worth[work] - (seat === 2 ? 6 : 0) + ((work * (seat + 2)) % 4);
    });
    await own.context().close();
  }
  await ok(page.request.post(`/api/rounds/${round.id}/close`, { data: {} }));
});
test.afterAll(async () => {
  await site?.stop();
});

/** At each width: nothing sticks out, and axe has nothing to say. */
async function look(name: string) {
  for (const viewport of [phone, tablet, desk]) {
    await page.setViewportSize(viewport);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(wide, `${name} at ${viewport.width}`).toBe(viewport.width);
    expect.soft(await axeFindings(page), `${name} at ${viewport.width}`).toEqual([]);
    if (process.env['LOOK']) {
      await page.screenshot({ path: `${process.env['LOOK']}/${name}-${viewport.width}.png`, fullPage: true });
    }
  }
}

const dialog = () => page.getByRole('dialog');
const column = (name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
const card = (title: string) => page.locator('[data-work]').filter({ hasText: title });

test('a dry run lays works out by tier, and shows the sum of each', async () => {
  await page.goto(`/organise/${slug}/results`);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(column('特等奖').getByText('渡口的早晨')).toBeVisible();
  await expect(column('一等奖').getByText('稻田里的守望')).toBeVisible();
  await look('board');
  await card('渡口的早晨').click();
  await expect(dialog().getByText(/÷ 3 [=≈]/)).toBeVisible();
  await expect(dialog().getByText('最高去掉')).toBeVisible();
  await look('sum');
  await page.keyboard.press('Escape');
});

test('a key or a drag moves a work, never without a reason', async () => {
  await card('归途').focus();
  await page.keyboard.press('2');
  await expect(dialog().getByRole('button', { name: '一等奖' })).toHaveAttribute('aria-pressed', 'true');
  await dialog().getByRole('button', { name: '调整并重新试算' }).click();
  await expect(dialog().getByText('请写明理由。')).toBeVisible();
  await look('move');
  await dialog().getByLabel('理由').fill('评委会第三次会议决议');
  await dialog().getByRole('button', { name: '调整并重新试算' }).click();
  await expect(dialog()).toBeHidden();
  await expect(column('一等奖').getByText('归途')).toBeVisible();
  await expect(page.getByText('评委会第三次会议决议')).toBeVisible();
  // It took one of two places: the one who had it moves down.
  await expect(column('二等奖').getByText('稻田里的守望')).toBeVisible();
  await look('moved');

  await card('社区放飞日').dragTo(column('特等奖'));
  await expect(dialog().getByRole('button', { name: '特等奖' })).toHaveAttribute('aria-pressed', 'true');
  await dialog().getByRole('button', { name: '取消' }).click();
  await page.getByRole('listitem').filter({ hasText: '评委会第三次会议决议' }).getByRole('button').click();
  await expect(page.getByText('评委会第三次会议决议')).toBeHidden();
  await expect(column('一等奖').getByText('稻田里的守望')).toBeVisible();
});

test('places of a prize are left vacant with a reason, and nobody moves into them', async () => {
  await expect(column('一等奖').getByRole('listitem').filter({ hasText: '稻田里的守望' })).toBeVisible();
  await column('一等奖').getByRole('button', { name: '一等奖：设为空缺' }).click();
  await dialog().getByLabel('空缺名额').fill('3');
  await dialog().getByLabel('理由').fill('评委会认为没有够格的作品');
  await dialog().getByRole('button', { name: '调整并重新试算' }).click();
  await expect(dialog().getByText('请填 0 到 2 的整数。')).toBeVisible();
  await look('vacate');
  await dialog().getByLabel('空缺名额').fill('1');
  await dialog().getByRole('button', { name: '调整并重新试算' }).click();
  await expect(dialog()).toBeHidden();
  await expect(page.getByText('一等奖空缺 1 名')).toBeVisible();
  await expect(column('一等奖').getByText('1 / 2')).toBeVisible();
  await expect(column('二等奖').getByText('稻田里的守望')).toBeVisible();
  await look('vacant');
  await page.getByRole('listitem').filter({ hasText: '没有够格的作品' }).getByRole('button').click();
  await expect(page.getByText('一等奖空缺 1 名')).toBeHidden();
  await expect(column('一等奖').getByText('稻田里的守望')).toBeVisible();
});

test('the panel is explained, in both languages', async () => {
  await page.getByRole('tab', { name: '评委统计' }).click();
  await expect(page.getByRole('heading', { name: '每个奖项有多稳' })).toBeVisible();
  await expect(page.getByText('整个评委组的可信度 ICC(2,k)')).toBeVisible();
  await expect(page.getByRole('row', { name: /评委3/ }).first()).toContainText('−');
  await look('statistics');
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 PDF' }).click(),
  ]);
  expect(paper.suggestedFilename()).toBe('statistics.pdf');
  await page.goto(`/organise/${slug}/results?lang=en`);
  await page.getByRole('tab', { name: 'The panel' }).click();
  await expect(page.getByRole('heading', { name: 'How sure each prize is' })).toBeVisible();
  await look('statistics-en');
  await page.getByRole('tab', { name: 'Prizes' }).click();
  await look('board-en');
  await page.goto(`/organise/${slug}/results?lang=zh`);
});

test('another method is looked at beside it, for comparison only', async () => {
  await page.getByRole('tab', { name: '对比试算' }).click();
  await page.getByRole('button', { name: '比较', exact: true }).click();
  await expect(page.getByText('先选一处改变。')).toBeVisible();
  await page.getByLabel('计分方法').selectOption('borda');
  await page.getByLabel('不计一位评委').selectOption('评委3');
  await page.getByRole('button', { name: '比较', exact: true }).click();
  await expect(page.getByText(/件作品的奖项不同|名次和奖项都一样/)).toBeVisible();
  await expect(page.getByText('仅供比较').first()).toBeVisible();
  await look('compare');
  await page.getByRole('tab', { name: '奖项', exact: true }).click();
});

test('it is locked, and changes only by a new version with a reason', async () => {
  await page.getByRole('button', { name: '锁定结果' }).click();
  await dialog()
    .getByLabel(/请输入/)
    .fill('锁定');
  await dialog().getByRole('button', { name: '锁定，不可撤回' }).click();
  await expect(dialog()).toBeHidden();
  await expect(page.getByText(/已锁定/)).toBeVisible();

  await card('渡口的早晨').focus();
  await page.keyboard.press('0');
  await dialog().getByLabel('理由').fill('作者来信放弃');
  await dialog().getByRole('button', { name: '看看会变什么' }).click();
  await expect(dialog().getByText('渡口的早晨：特等奖 → 没有奖项')).toBeVisible();
  await look('revision');
  await dialog().getByRole('button', { name: '产生新版本' }).click();
  await expect(dialog()).toBeHidden();
  await expect(page.getByText(/第 2 版/)).toBeVisible();
  await expect(page.getByText('新版本的理由：作者来信放弃')).toBeVisible();
  await expect(column('特等奖').getByText('晨雾漫过莲花山')).toBeVisible();
  await look('version-2');
});

test('a work that broke the rules is disqualified, others move up, and its sender is told', async ({
  browser,
}) => {
  await card('晨雾漫过莲花山').focus();
  await page.keyboard.press('0');
  await dialog().getByRole('button', { name: '取消参赛资格' }).click();
  await dialog().getByLabel('理由').fill('经查不是本人拍摄');
  await dialog().getByRole('button', { name: '看看会变什么' }).click();
  await expect(dialog().getByText(/晨雾漫过莲花山.*：特等奖 → 没有奖项/)).toBeVisible();
  await look('disqualify');
  await dialog().getByRole('button', { name: '产生新版本' }).click();
  await expect(dialog()).toBeHidden();
  await expect(page.getByText('新版本的理由：经查不是本人拍摄')).toBeVisible();
  await expect(column('特等奖').getByText('晨雾漫过莲花山')).toBeHidden();
  await expect(column('特等奖').getByRole('listitem')).toHaveCount(1);
  const sender = await newPage(browser, site);
  await signIn(sender, '13800000001', 'password of zhang');
  const { items } = await ok<{ items: { title: string; text: string }[] }>(
    sender.request.get('/api/messages'),
  );
  const told = items.filter(({ title }) => title.endsWith('被取消参赛资格'));
  expect(told).toHaveLength(1);
  expect(told[0].text).toContain('理由：经查不是本人拍摄');
  await sender.context().close();
});
