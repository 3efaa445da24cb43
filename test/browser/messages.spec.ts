import { expect, test, type Page } from '@playwright/test';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** What an entrant sees of works that were sent back, and hears of them; and how the organiser names the date. */
const slug = 'tianyuan-2019';
const password = 'the organisers own';
const widths = [390, 820, 1440];
const long = '一个特别特别长的标题用来看看它在很窄的屏幕上会不会把版面撑破以及还有多长';

let site: BrowserSite;
let entrant: Page;
let organiser: Page;
let work: { id: string; number: string };

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  entrant = await (await browser.newContext({ baseURL: site.url })).newPage();
  organiser = await (await browser.newContext({ baseURL: site.url })).newPage();
  await post(entrant, '/accounts', { name: '张晓明', phone: '13800000001', password: 'password of zhang' });
  await post(organiser, '/session', { login: 'admin@dingge.local', password: site.oneTimePassword });
  await organiser.request.put('/api/account/password', {
    data: { current: site.oneTimePassword, next: password },
  });
  work = await send(long, await drawPhoto(0));
  await send('已投稿的', await drawPhoto(1));
});
test.afterAll(() => site?.stop());

async function post(page: Page, path: string, data: object) {
  const answer = await page.request.post(`/api${path}`, { data });
  expect(answer.ok()).toBe(true);
  return answer;
}

async function send(title: string, buffer: Buffer, name = 'a.jpg') {
  const answer = await entrant.request.post(`/api/contests/${slug}/submissions`, {
    multipart: {
      category: 'photo',
      title,
      community: '莲花社区',
      author: JSON.stringify({ name: '张晓明', phone: '13800000001' }),
      files: { name, mimeType: 'image/jpeg', buffer },
    },
  });
  expect(answer.status()).toBe(201);
  const sent = (await answer.json()) as { id: string; number: string };
  await expect(async () => {
    const { media } = await (await entrant.request.get(`/api/submissions/${sent.id}`)).json();
    expect(media[0].status).not.toBe('pending');
  }).toPass({ timeout: 60_000 });
  return sent;
}

const noSidewaysScroll = async (page: Page) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
};

test('the organiser returns a work with a date that is proposed and can be changed', async () => {
  await organiser.goto(`/organise/${slug}/works`);
  await organiser.getByText(long).first().click();
  await organiser.keyboard.press('r');
  const dialog = organiser.getByRole('dialog').last();
  await dialog.getByLabel('原因').fill('像素不足，请上传原图。');
  const { closesAt } = await (await organiser.request.get(`/api/contests/${slug}`)).json();
  const wall = (ms: number) =>
    new Date(new Date(closesAt).getTime() + 8 * 3600_000 + ms).toISOString().slice(0, 16);
  await expect(dialog.getByLabel('修改期限')).toHaveValue(wall(0));
  await dialog.getByLabel('修改期限').fill('2020-01-01T10:00');
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(dialog.getByText('请选择一个晚于现在的时间')).toBeVisible();
  await dialog.getByLabel('修改期限').fill(wall(42 * 3600_000));
  await expect(dialog.getByText('9月17日 18:00 前修改')).toBeVisible();
  await dialog.getByRole('button', { name: '退回' }).click();
  // It is sent once it can no longer be taken back.
  await expect(async () => {
    const answer = await organiser.request.get(`/api/submissions/${work.id}`);
    expect((await answer.json()).status).toBe('returned');
  }).toPass({ timeout: 20_000 });
});

for (const width of widths) {
  test(`my works, a work and the messages at ${width} px`, async () => {
    await entrant.setViewportSize({ width, height: 900 });
    await entrant.goto(`/c/${slug}/mine`);
    await expect(entrant.getByText('请在 9月17日 18:00 前修改').first()).toBeVisible();
    await expect(entrant.getByText('主办方：像素不足，请上传原图。')).toBeVisible();
    await expect(entrant.getByText('需补充')).toBeVisible();
    if (width === 390) {
      await expect(entrant.getByRole('link', { name: /^消息 3/ })).toBeVisible();
      await expect(entrant.getByText('2 条新消息')).toBeVisible();
    }
    await noSidewaysScroll(entrant);

    await entrant.goto(`/c/${slug}/work/${work.id}`);
    await expect(entrant.getByText('请在 9月17日 18:00 前修改').first()).toBeVisible();
    await expect(entrant.getByText(`《${long}》需要修改，请在 9月17日 18:00 前完成`)).toBeVisible();
    await noSidewaysScroll(entrant);
    // Shown is read.
    await expect(async () => {
      const inbox = await (await entrant.request.get('/api/messages')).json();
      expect(inbox.unread).toBe(1);
    }).toPass();

    await entrant.goto(`/c/${slug}/enter/${work.id}`);
    await expect(entrant.getByText('请在 9月17日 18:00 前修改并重新提交。')).toBeVisible();

    await entrant.goto(`/c/${slug}/messages`);
    await expect(entrant.getByRole('listitem')).toHaveCount(3);
    await noSidewaysScroll(entrant);
  });
}

test('a message leads to its work, and all can be marked as read', async () => {
  await expect(entrant.getByText('1 条未读').last()).toBeVisible();
  await entrant.getByRole('button', { name: '全部标为已读' }).click();
  await expect(entrant.getByText('1 条未读')).toHaveCount(0);
  await entrant.getByRole('link', { name: /需要修改/ }).click();
  await expect(entrant).toHaveURL(new RegExp(`/work/${work.id}$`));
});

test('messages arrive while the page is open, and follow the language', async () => {
  await entrant.goto(`/c/${slug}/messages`);
  await expect(entrant.getByRole('listitem')).toHaveCount(3);
  await post(organiser, `/submissions/${work.id}/screening`, { decision: 'reject', reason: '与主题无关' });
  await expect(entrant.getByText(`《${long}》未通过初审`)).toBeVisible();
  await entrant.getByRole('button', { name: 'English' }).click();
  await expect(entrant.getByText(`“${long}” was not admitted`)).toBeVisible();
});
