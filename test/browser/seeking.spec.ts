import { expect, test } from '@playwright/test';
import { brightnessAt, clip, encodeClip } from './support/clip.ts';
import { startBrowserSite, type BrowserSite } from './support/site.ts';

let site: BrowserSite;
test.beforeAll(async () => {
  site = await startBrowserSite();
});
test.afterAll(async () => {
  await site?.stop();
});

test('a player in a real browser seeks by ranges of the real route', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: site.url });
  const page = await context.newPage();
  await page.goto('/');
  await page.request.post('/api/accounts', {
    data: { name: '张晓明', phone: '13800000001', password: 'password of zhang' },
    headers: { origin: site.url },
  });
  const sent = await page.request.post('/api/contests/tianyuan-2019/submissions', {
    multipart: {
      category: 'douyin',
      title: '江边',
      community: '东湖社区',
      files: { name: 'a.mp4', mimeType: 'video/mp4', buffer: await encodeClip() },
    },
    headers: { origin: site.url },
  });
  const { id } = (await sent.json()) as { id: string };
  const work = async () => (await page.request.get(`/api/submissions/${id}`)).json();
  await expect.poll(async () => (await work()).media[0].status, { timeout: 60_000 }).toBe('ready');
  const link = (await work()).media[0].links.play as string;

  const answers: string[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith(link)) return;
    answers.push(`${response.status()} ${response.headers()['content-range']}`);
  });
  await page.evaluate((src) => {
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'metadata';
    video.src = src;
    document.body.append(video);
    return new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
  }, link);

  for (const second of [19, 7, 22, 1, 14]) {
    // On a busy machine `seeked` comes before the picture can be drawn.
    const off = async () => Math.abs((await brightnessAfterSeeking(second)) - brightnessAt(second));
    await expect.poll(off).toBeLessThan(8);
  }
  // It did not come whole at the first request: the player asked for parts, and got those.
  expect(answers.length).toBeGreaterThan(1);
  for (const answer of answers) expect(answer).toMatch(/^206 bytes \d+-\d+\/\d+$/);
  expect(answers.some((answer) => !answer.startsWith('206 bytes 0-'))).toBe(true);

  /** Mean luma, in the limited range of video, of the picture that is seen then. */
  function brightnessAfterSeeking(to: number): Promise<number> {
    return page.evaluate(
      async ({ second, width, height }) => {
        const video = document.querySelector('video')!;
        const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
        video.currentTime = second + 0.5;
        await seeked;
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const context2d = canvas.getContext('2d')!;
        context2d.drawImage(video, 0, 0);
        const { data } = context2d.getImageData(0, 0, width, height);
        let sum = 0;
        for (let at = 0; at < data.length; at += 4) sum += data[at];
        return 16 + (sum / (data.length / 4)) * (219 / 255);
      },
      { second: to, width: clip.width, height: clip.height },
    );
  }
});
