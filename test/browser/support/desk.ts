import type { APIRequestContext, Browser, BrowserContextOptions, Page } from '@playwright/test';
import { drawPhoto } from './pictures.ts';
import type { BrowserSite } from './site.ts';

/** What walks of organisers and judges begin with, made through the API. */
const slug = 'tianyuan-2019';

export interface Judge {
  id: string;
  name: string;
  login: string;
  password: string;
}

export async function newPage(
  browser: Browser,
  site: BrowserSite,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.url, ...options });
  return context.newPage();
}

export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await ok(page.request.post('/api/session', { data: { login, password } }));
}

/** The organiser, with a password of their own. */
export async function signInOrganiser(page: Page, site: BrowserSite): Promise<void> {
  await signIn(page, 'admin@dingge.local', site.oneTimePassword);
  const next = 'the organisers own';
  await ok(page.request.put('/api/account/password', { data: { current: site.oneTimePassword, next } }));
}

/** Sends a photo for each title, each of another author; the ids once every file is ready. */
export async function sendPhotos(sender: Page, titles: string[]): Promise<string[]> {
  await ok(
    sender.request.post('/api/accounts', {
      data: { name: '张晓明', phone: '13800000001', password: 'password of zhang' },
    }),
  );
  const ids: string[] = [];
  for (const [index, title] of titles.entries()) {
    const work = await ok<{ id: string }>(
      sender.request.post(`/api/contests/${slug}/submissions`, {
        multipart: {
          category: 'photo',
          title,
          story: '住了三十年的地方，换一个时辰去看，又是另一番样子。',
          community: '东湖社区',
          author: JSON.stringify({ name: `作者${index + 1}`, phone: `137000000${10 + index}` }),
          files: { name: `${index}.jpg`, mimeType: 'image/jpeg', buffer: await drawPhoto(index) },
        },
      }),
    );
    ids.push(work.id);
  }
  for (const id of ids) {
    const end = Date.now() + 60_000;
    for (;;) {
      const { media } = await ok<{ media: { status: string }[] }>(
        sender.request.get(`/api/submissions/${id}`),
      );
      if (media.every(({ status }) => status === 'ready')) break;
      if (Date.now() > end) throw new Error(`not ready: ${JSON.stringify(media)}`);
      await sender.waitForTimeout(200);
    }
  }
  return ids;
}

export async function accept(organiser: Page, ids: string[]): Promise<void> {
  await ok(organiser.request.post(`/api/contests/${slug}/screening`, { data: { ids, decision: 'accept' } }));
}

/** Judges who have a password already. */
export async function inviteJudges(organiser: Page, names: string[]): Promise<Judge[]> {
  const judges: Judge[] = [];
  for (const [index, name] of names.entries()) {
    const given = { name, login: `1390000000${index}`, password: `password of judge ${index}` };
    const { id } = await ok<{ id: string }>(
      organiser.request.post(`/api/contests/${slug}/judges`, { data: given }),
    );
    judges.push({ id, ...given });
  }
  return judges;
}

/** The way into the contest for a judge who has no password yet. */
export async function inviteLink(browser: Browser, site: BrowserSite): Promise<string> {
  const organiser = await newPage(browser, site);
  await signInOrganiser(organiser, site);
  const { invitation } = await ok<{ invitation: string }>(
    organiser.request.post(`/api/contests/${slug}/judges`, {
      data: { name: '林老师', login: '13900000009' },
    }),
  );
  await organiser.context().close();
  return new URL(invitation).pathname;
}

/** The same marks in every criterion for every work of a judge's round, or for as many of them as are asked for. */
export async function markWorks(
  page: Page,
  roundId: string,
  markOf: (title: string) => number,
  most = Infinity,
): Promise<void> {
  const { round, items } = await ok<{
    round: { criteria: { id: string }[] };
    items: { id: string; submission: { title: string } }[];
  }>(page.request.get(`/api/rounds/${roundId}/tasks`));
  for (const { id, submission } of items.slice(0, most)) {
    const value = markOf(submission.title);
    const marks = Object.fromEntries(round.criteria.map((criterion) => [criterion.id, value]));
    await ok(page.request.put(`/api/tasks/${id}/sheet`, { data: { marks, submitted: true } }));
  }
}

/** The body of an answer that was no refusal. */
export async function ok<T = unknown>(answer: ReturnType<APIRequestContext['get']>): Promise<T> {
  const got = await answer;
  const text = await got.text();
  if (!got.ok()) throw new Error(`${got.url()}: ${got.status()} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
