import { describe, expect, it } from '@jest/globals';
import type { Contest } from './contest.entity.js';
import type { ContestsService } from './contests.service.js';
import { pageHead, withHead } from './page-head.js';

const page = '<html><head><title>定格</title></head><body><div id="app"></div></body></html>';
const contest = { slug: 'a', title: '"><script>alert(1)</script>$& $1', brief: `它's & <b>` } as Contest;
const contests = {
  lookUp: (slug: string) => Promise.resolve(slug === 'a' ? contest : null),
  front: () => Promise.resolve(contest),
} as unknown as ContestsService;
const request = { path: '/c/a', origin: 'https://x.example', userAgent: 'Mozilla/5.0' };

describe('the head of a page', () => {
  it('escapes what organisers wrote, in text and in attributes', async () => {
    const html = withHead(page, await pageHead(contests, request));
    expect(html).not.toContain('<script>');
    expect(html).toContain('<title>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp; $1 · 定格</title>');
    expect(html).toContain('<meta name="description" content="它&#39;s &amp; &lt;b&gt;" />');
    expect(html).toContain(
      '<meta property="og:image" content="https://x.example/api/contests/a/card.jpg" />',
    );
    expect(html.match(/<title>/g)).toHaveLength(1);
    expect(html).not.toContain('<img');
  });

  it('puts the square first in the body for WeChat, which looks for a picture there', async () => {
    const userAgent = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.50(0x18003230)';
    const html = withHead(page, await pageHead(contests, { ...request, userAgent }));
    expect(html).toMatch(/<body><div [^>]+><img src="\/api\/contests\/a\/card-square.jpg" alt="" \/><\/div>/);
  });

  it('is the site’s own for an unknown contest, inner pages and odd addresses', async () => {
    for (const path of ['/c/none', '/c/a/mine', '/c/%22%3E', '/organise/a', '/sign-in']) {
      expect(await pageHead(contests, { ...request, path })).toEqual({ title: '定格' });
    }
    expect((await pageHead(contests, { ...request, path: '/' })).url).toBe('https://x.example/c/a');
  });

  it('survives a database that is away', async () => {
    const away = { lookUp: () => Promise.reject(new Error('away')) } as unknown as ContestsService;
    expect(await pageHead(away, request)).toEqual({ title: '定格' });
  });

  it('of a receipt tells nothing of it, and keeps it out of search engines', async () => {
    const html = withHead(page, await pageHead(contests, { ...request, path: '/r/AAAAAAAAAAAAAAAAAAAAAA' }));
    expect(html).toContain('<meta name="robots" content="noindex, nofollow" />');
    // But for the page's own QR code, which only its reader's browser asks for.
    expect(html.replace(/<link rel="preload"[^>]*>/, '')).not.toContain('AAAA');
    expect(html).not.toContain('og:image');
  });
});
