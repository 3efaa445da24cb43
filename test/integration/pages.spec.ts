import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from './support/client.js';
import { startHouse, type House } from './support/house.js';

const slug = 'tianyuan-2019';
let house: House;
let browser: Client;
beforeAll(async () => {
  house = await startHouse();
  browser = new Client(house.server.url);
});
afterAll(() => house.close());

async function open(path: string, userAgent = 'Mozilla/5.0') {
  const { body, headers } = await browser.get(path, { accept: 'text/html', 'user-agent': userAgent });
  return { html: String(body), headers };
}

describe('the page of a contest', () => {
  it('says before any script what a shared link is to show, escaped', async () => {
    await house.dataSource.query('UPDATE contests SET title = $1', ['定格 "幸福" <社区> & 村']);
    const { html, headers } = await open(`/c/${slug}`);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(html).toContain('<title>定格 &quot;幸福&quot; &lt;社区&gt; &amp; 村 · 定格</title>');
    expect(html).toContain(`<meta property="og:url" content="${house.server.url}/c/${slug}" />`);
    expect(html).toMatch(/<meta name="description" content="参赛作品要求[^"]+" \/>/);
    const image = /og:image" content="([^"]+)"/.exec(html)![1];
    const card = await fetch(image);
    expect([card.status, card.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(html).not.toContain('card-square');
  });

  it('has the square as its first picture for WeChat, and for the bare address means the same', async () => {
    const first = `<img src="/api/contests/${slug}/card-square.jpg"`;
    expect((await open(`/c/${slug}`, 'MicroMessenger/8.0')).html).toContain(first);
    expect((await open('/', 'MicroMessenger/8.0')).html).toContain(first);
    expect((await open('/c/none', 'MicroMessenger/8.0')).html).not.toContain('<img');
  });
});

describe('the page of a receipt', () => {
  it('is kept out of search engines, and says nothing of the receipt', async () => {
    const { html } = await open('/r/AAAAAAAAAAAAAAAAAAAAAA');
    expect(html).toContain('<meta name="robots" content="noindex, nofollow" />');
    expect(html).not.toContain('og:image');
  });
});
