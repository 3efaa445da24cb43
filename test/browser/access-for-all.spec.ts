import { expect, test, type Page } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { inviteLink } from './support/desk.ts';
import { drawPhoto } from './support/pictures.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

/** Every page of an entrant, for people who see little, read by ear, or work by keyboard: at the width of a phone. */
const slug = 'tianyuan-2019';
const phone = { width: 390, height: 844 };

let site: BrowserSite;
let page: Page;
/** Path of each page by its name; works and receipts get theirs once they are there. */
const paths: Record<string, string> = {
  landing: `/c/${slug}`,
  'sign in': '/sign-in',
  register: '/register',
  forgotten: '/forgotten',
  account: '/account',
  mine: `/c/${slug}/mine`,
  messages: `/c/${slug}/messages`,
  'a new work': `/c/${slug}/enter`,
  privacy: `/privacy/${slug}`,
  'an address to confirm': '/confirm-email/of-a-link-in-an-e-mail',
  'a link that is gone': '/link/of-long-ago',
  'a certificate to check': '/check',
  'no such certificate': '/check/2026-0001-ABCD',
  'no notice yet': `/c/${slug}/notice`,
  'no such receipt': '/r/of-nobody',
  'no such payment': '/payee/of-nobody',
  'no such contest': '/c/nowhere',
  'not found': '/nowhere/at/all',
};

test.beforeAll(async ({ browser }) => {
  site = await startBrowserSite();
  const context = await browser.newContext({
    viewport: phone,
    baseURL: site.url,
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  page = await context.newPage();
  await page.request.post('/api/accounts', {
    data: { name: '张晓明', phone: '13800000001', password: 'password of zhang' },
  });
  const send = async (draft: string) => {
    const sent = await page.request.post(`/api/contests/${slug}/submissions`, {
      multipart: {
        category: 'photo',
        title: '渡口的早晨，和等第一班船的人们一起看江面上慢慢散开的雾，直到太阳出来',
        community: '东湖社区',
        draft,
        files: {
          name: '渡口.jpg',
          mimeType: 'image/jpeg',
          buffer: await drawPhoto(draft === 'true' ? 1 : 0),
        },
      },
    });
    return (await sent.json()) as { id: string; receipt: { url: string } | null };
  };
  const work = await send('false');
  const draft = await send('true');
  paths['a work'] = `/c/${slug}/work/${work.id}`;
  paths['a receipt'] = work.receipt!.url;
  paths['a draft'] = `/c/${slug}/enter/${draft.id}`;
  paths['its author'] = `/c/${slug}/enter/${draft.id}?step=2`;
  paths['an invitation'] = await inviteLink(browser, site);
  paths['its declaration'] = `/c/${slug}/enter/${draft.id}?step=3`;
});
test.afterAll(async () => {
  await site?.stop();
});

/** Opens a page and waits until it has loaded what it shows. */
async function open(path: string) {
  await page.goto(path, { waitUntil: 'networkidle' });
  await expect(page.locator('[role=status][aria-label]')).toHaveCount(0);
  await expect(page.locator('h1').first()).toBeAttached();
}

test('there is nothing that axe objects to', async () => {
  for (const [name, path] of Object.entries(paths)) {
    await open(path);
    expect.soft(await axeFindings(page), name).toEqual([]);
  }
});

test('nothing jumps while a page loads', async () => {
  for (const [name, path] of Object.entries(paths)) {
    await page.goto('about:blank');
    await open(path);
    const moved = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
              sum += entry.value;
            }
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 300);
        }),
    );
    // Rounding of sub-pixels is left.
    expect.soft(moved, name).toBeLessThan(0.005);
  }
});

test('text at twice its size fits', async () => {
  for (const [name, path] of Object.entries(paths)) {
    await open(path);
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
    const { wide, cut } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      // Words that are cut off by a box around them; fields and pictures scroll or crop by design.
      cut: [...document.querySelectorAll<HTMLElement>('main *, header *, footer *')]
        .filter((element) => {
          const own = [...element.childNodes].some(
            (node) => node.nodeType === 3 && node.textContent!.trim() !== '',
          );
          const { overflowY, overflowX } = getComputedStyle(element);
          const clips = [overflowY, overflowX].some((value) => value === 'hidden' || value === 'clip');
          const hiddenOnPurpose =
            element.closest('[class*=sr-only], .truncate, [class*=line-clamp]') !== null;
          return own && clips && !hiddenOnPurpose && element.scrollHeight > element.clientHeight + 2;
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    }));
    expect.soft({ wide, cut }, name).toEqual({ wide: phone.width, cut: [] });
  }
});

test('the way through the form by keyboard alone', async () => {
  await open(paths['a draft']);
  const reached: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      const input = element as HTMLInputElement;
      const label =
        input.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent;
      // A radio button or a file field may lend its outline to what is around it.
      const around = element.parentElement;
      const seen = [element, around, around?.parentElement].some((one) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      });
      return { name: label?.trim() ?? '', seen };
    });
    if (!focus) break;
    expect(focus).toEqual({ name: expect.stringMatching(/\S/), seen: true });
    reached.push(focus.name);
  }
  const words = reached.join('\n');
  for (const name of ['作品标题', '拍摄社区', '下一步']) expect(words).toContain(name);
});
