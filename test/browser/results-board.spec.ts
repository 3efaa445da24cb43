import { expect, test, type Locator, type Page } from '@playwright/test';
import pg from 'pg';
import { openPremises, type Premises } from '../bench/lib/premises.ts';
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
  type Judge,
} from './support/desk.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/**
 * From the rules for prizes to a locked result and its second version, as organisers do it: one makes it on the board,
 * another one locks it.
 */
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

let premises: Premises;
let site: BrowserSite;
let page: Page;
let second: Page;
let judges: Judge[];
let roundId: string;

test.beforeAll(async ({ browser }) => {
  premises = await openPremises();
  site = await startBrowserSite({ DATABASE_URL: premises.databaseUrl });
  page = await newPage(browser, site, { viewport: desk, bypassCSP: true });
  await signInOrganiser(page, site);
  const entrant = await newPage(browser, site);
  await accept(page, await sendPhotos(entrant, titles));
  await entrant.context().close();
  judges = await inviteJudges(page, ['陈老师', '林老师', '周老师', '何老师', '吴老师']);
  second = await newPage(browser, site, { viewport: desk });
  await signUpOrganiser(second, '王主任');
});
test.afterAll(async () => {
  await site?.stop();
  await premises?.close();
});

/** No page makes anybody an organiser. */
async function signUpOrganiser(own: Page, name: string) {
  const given = { name, phone: '13600000001', password: 'password of wang' };
  await ok(own.request.post('/api/accounts', { data: given }));
  const db = new pg.Client({ connectionString: premises.databaseUrl });
  await db.connect();
  await db.query(
    `INSERT INTO role_grants (account_id, contest_id, role)
     SELECT a.id, c.id, 'organiser' FROM accounts a, contests c WHERE a.name = $1 AND c.slug = $2`,
    [name, slug],
  );
  await db.end();
}

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

async function drag(one: Locator, onto: Locator) {
  await onto.scrollIntoViewIfNeeded();
  const [from, to] = [(await one.boundingBox())!, (await onto.boundingBox())!];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}

const dialog = () => page.getByRole('dialog');
const column = (name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
const card = (title: string) => page.locator('[data-work]').filter({ hasText: title });

test('rules for prizes are set before judging', async () => {
  await page.goto(`/organise/${slug}/results`);
  await page.getByRole('link', { name: '奖项规则' }).click();
  const photo = page.getByRole('region', { name: '摄影作品' });
  const contest = page.getByRole('region', { name: '整个比赛' });
  const floor = photo.getByLabel('优秀作品：最低得分');
  await expect(photo.getByText(/现在还可以改/)).toBeVisible();
  await photo.getByRole('radio', { name: /^同分的都给/ }).check();
  await floor.fill('-1');
  await photo.getByRole('button', { name: '保存' }).click();
  await expect(photo.getByText(/请填 0 到 1000000 的数/)).toBeVisible();
  await floor.fill('40.5');
  await photo.getByRole('button', { name: '保存' }).click();
  await expect(photo.getByText('已保存')).toBeVisible();
  await contest.getByRole('radio', { name: /^要两个人/ }).check();
  await expect(contest.getByText(/现在的主办方/)).toContainText('王主任');
  await photo.getByText('什么算同分？').click();
  await look('rules');
  await contest.getByRole('button', { name: '保存' }).click();
  await expect(contest.getByText('已保存')).toBeVisible();

  await page.reload();
  await expect(floor).toHaveValue('40.5');
  await expect(photo.getByRole('radio', { name: /^同分的都给/ })).toBeChecked();
  await expect(contest.getByRole('radio', { name: /^要两个人/ })).toBeChecked();
});

test('what counts beside the method is set with the round, and frozen when it opens', async () => {
  await page.setViewportSize(desk);
  await page.goto(`/organise/${slug}/rounds`);
  await page.getByRole('button', { name: '新建轮次' }).click();
  await dialog().getByLabel('名称').fill('终评');
  await dialog().getByLabel('分数怎样合成').selectOption('trimmed');
  await dialog().getByText('更多计分设置').click();
  await dialog().getByLabel('最高分去掉几个').fill('3');
  await dialog().getByLabel('最低分去掉几个').fill('2');
  await dialog().getByLabel('最后得分', { exact: true }).selectOption('2');
  await dialog().getByLabel('最后得分怎样取').selectOption('half-even');
  const step = (name: string) => dialog().getByRole('button', { name: new RegExp(`^${name}：第 . 步`) });
  await step('中位数').press('ArrowUp');
  await expect(step('中位数')).toBeFocused();
  await step('中位数').press('ArrowUp');
  await drag(step('评委会主席裁定'), step('全部评委的平均分'));
  await dialog()
    .getByRole('checkbox', { name: /^逐个比较总分/ })
    .uncheck();
  await dialog().getByRole('button', { name: '建好这一轮' }).click();
  await expect(dialog().getByText(/合起来要少于每件作品的评委数/)).toBeVisible();
  await look('scoring');
  await dialog().getByLabel('最高分去掉几个').fill('1');
  await dialog().getByLabel('最低分去掉几个').fill('0');
  await dialog().getByRole('button', { name: '建好这一轮' }).click();
  await expect(dialog()).toBeHidden();

  await page.getByRole('link', { name: '查看和修改' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '终评' })).toBeVisible();
  roundId = page.url().split('/').pop()!;
  await page.getByRole('button', { name: '修改' }).click();
  await dialog().getByText('更多计分设置').click();
  await expect(step('中位数')).toHaveAccessibleName(/第 1 步/);
  await expect(dialog().getByLabel('最低分去掉几个')).toHaveValue('0');
  await dialog().getByRole('button', { name: '取消' }).click();

  // Somebody who still has the rules open is told when it is too late.
  await second.goto(`/organise/${slug}/results/rules?category=photo`);
  const photo = second.getByRole('region', { name: '摄影作品' });
  await photo.getByRole('radio', { name: /^同分的都不给/ }).check();
  await page.getByRole('button', { name: '开始评审' }).click();
  await expect(dialog().getByRole('link', { name: '先看奖项规则' })).toBeVisible();
  await dialog().getByRole('button', { name: '开始，冻结设置' }).click();
  await expect(page.getByText('去掉 1 个最高分和 0 个最低分，其余取平均。')).toBeVisible();
  await expect(page.getByText('最后得分：2 位小数，四舍六入五成双。')).toBeVisible();
  const chain =
    '同分时依次比较：中位数 → 权重最高的评分项 → 评委会主席裁定 → 全部评委的平均分 → 先提交的在前 → 抽签。';
  await expect(page.getByText(chain)).toBeVisible();
  await photo.getByRole('button', { name: '保存' }).click();
  await expect(photo.getByText(/规则从那时起冻结/)).toBeVisible();
  await expect(photo.getByText(/^同分的都给/)).toBeVisible();
  await expect(photo.getByRole('radio')).toHaveCount(0);
  await expect(second.getByText(/这两项从那时起冻结/)).toBeVisible();
  await page.goto(`/organise/${slug}/results/rules?category=photo`);
  await expect(page.getByText(/规则从那时起冻结/)).toBeVisible();
  await look('rules-frozen');

  for (const [seat, { login, password }] of judges.entries()) {
    const own = await newPage(page.context().browser()!, site);
    await signIn(own, login, password);
    await markWorks(own, roundId, (title) => {
      const work = titles.indexOf(title);
      return worth[work] - (seat === 2 ? 6 : 0) + ((work * (seat + 2)) % 4);
    });
    await own.context().close();
  }
  await ok(page.request.post(`/api/rounds/${roundId}/close`, { data: {} }));
});

test('a dry run lays works out by tier, and shows the sum of each', async () => {
  await page.goto(`/organise/${slug}/results`);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(column('特等奖').getByText('渡口的早晨')).toBeVisible();
  await expect(column('一等奖').getByText('稻田里的守望')).toBeVisible();
  await look('board');
  await card('渡口的早晨').click();
  await expect(dialog().getByText(/÷ 4 [=≈]/)).toBeVisible();
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

/** Whoever did not make the run at hand locks it. */
async function lockBySecond() {
  await second.getByRole('button', { name: '锁定结果' }).click();
  const own = second.getByRole('dialog');
  await own.getByLabel(/请输入/).fill('锁定');
  await own.getByRole('button', { name: '锁定，不可撤回' }).click();
  await expect(own).toBeHidden();
}

test('whoever made the run can’t lock it, and is told who may; the other one can', async () => {
  await page.goto(`/organise/${slug}/results?category=photo`);
  await expect(page.getByText('不能由您锁定。请由王主任核对后锁定。')).toBeVisible();
  await expect(page.getByRole('button', { name: '重新试算' })).toBeVisible();
  await expect(page.getByRole('button', { name: '锁定结果' })).toHaveCount(0);
  await look('second-person');
  await second.goto(`/organise/${slug}/results?category=photo`);
  await expect(second.getByText(/做的试算，请您核对后锁定/)).toBeVisible();
  await lockBySecond();
  await expect(second.getByText(/已锁定/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/已锁定/)).toBeVisible();
});

test('it changes only by a new version with a reason, which takes two again', async () => {
  await card('渡口的早晨').focus();
  await page.keyboard.press('0');
  await dialog().getByLabel('理由').fill('作者来信放弃');
  await dialog().getByRole('button', { name: '看看会变什么' }).click();
  await expect(dialog().getByText('渡口的早晨：特等奖 → 没有奖项')).toBeVisible();
  await look('revision');
  await dialog().getByRole('button', { name: '产生新版本' }).click();
  await expect(dialog()).toBeHidden();
  await page.getByRole('button', { name: '查看', exact: true }).click();
  await expect(page.getByText('这个新版本是您提出的，不能由您锁定。请由王主任核对后锁定。')).toBeVisible();
  await second.reload();
  await second.getByRole('button', { name: '查看', exact: true }).click();
  await expect(second.getByText(/提出的，请您核对后锁定/)).toBeVisible();
  await lockBySecond();
  await page.reload();
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
  await second.reload();
  await second.getByRole('button', { name: '查看', exact: true }).click();
  await lockBySecond();
  await page.reload();
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
