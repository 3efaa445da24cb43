import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
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

describe('what pages are made of', () => {
  it('is named in the head, so that it comes in one round trip', async () => {
    const linksOf = (html: string) => [...html.matchAll(/<link rel="(\w+)"[^>]* href="([^"]+)"/g)];
    const named = async (path: string) => {
      const links = linksOf((await open(path)).html).map(([, rel, href]) => ({ rel, href }));
      const answers = await Promise.all(links.map(({ href }) => browser.get(href)));
      expect(answers.map(({ status }) => status)).toEqual(links.map(() => 200));
      return links.map(({ rel, href }) => `${rel} ${href.replace(/-[\w-]{8}\.(js|css)$/, '.$1')}`);
    };
    const landing = await named(`/c/${slug}`);
    expect(landing).toContain('modulepreload /assets/LandingPage.js');
    expect(landing).toContain('preload /hero-tall.svg');
    const enter = await named(`/c/${slug}/enter`);
    expect(enter).toContain('modulepreload /assets/EnterPage.js');
    expect(enter).not.toContain('preload /hero-tall.svg');
    const { html } = await open('/r/AAAAAAAAAAAAAAAAAAAAAA');
    expect(html).toContain('href="/api/receipts/AAAAAAAAAAAAAAAAAAAAAA/qr.svg"');
    expect(await named('/organise')).not.toContain('modulepreload /assets/LandingPage.js');
  });

  it('goes out as small as the build made it, to whom takes that, and the same whole to others', async () => {
    const { html } = await open('/');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)![1];
    // fetch would unpack what it gets.
    const ask = async (path: string, accept: string) => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        get(house.server.url + path, { headers: { 'accept-encoding': accept } }, resolve).on('error', reject);
      });
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      return { headers: answer.headers, body: Buffer.concat(parts) };
    };
    const [plain, br, gz] = await Promise.all(
      ['identity', 'gzip, br', 'gzip'].map((accept) => ask(script, accept)),
    );
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect([br.headers['content-encoding'], gz.headers['content-encoding']]).toEqual(['br', 'gzip']);
    for (const { headers } of [plain, br, gz]) {
      expect(headers).toMatchObject({
        'content-type': plain.headers['content-type'],
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
      });
    }
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gz.body).equals(plain.body)).toBe(true);
    expect(br.body.length).toBeLessThan(plain.body.length / 2);
    const hero = await ask('/hero-tall.svg', 'br');
    expect([hero.headers['content-type'], hero.headers['content-encoding']]).toEqual(['image/svg+xml', 'br']);
  });
});
