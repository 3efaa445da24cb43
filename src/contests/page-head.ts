import { Logger } from '@nestjs/common';
import type { Contest } from './contest.entity.js';
import type { ContestsService } from './contests.service.js';
import { cardSizes } from './print/prints.service.js';

/** What stands in a page before any script runs: all that search engines, and apps that show a shared link, read. */
export interface PageHead {
  title: string;
  description?: string;
  /** Absolute addresses. */
  url?: string;
  image?: string;
  /** An address of a picture to stand first in the page, unseen. */
  firstPicture?: string;
  /** Pictures that the page will show large, to be fetched beside its scripts; `media` where only some screens do. */
  pictures?: { href: string; media?: string }[];
  /** Scripts and styles of the page itself, beside those that every page has. */
  files?: string[];
  noIndex?: boolean;
}

interface PageRequest {
  path: string;
  origin: string;
  userAgent: string;
}

const site = '定格';
/** Readers cut it anyway. */
const longestDescription = 120;

/** A receipt's page says nothing of the receipt: whoever gets the link in a chat sees no more than that it is one. */
const receiptHead: PageHead = {
  title: `投稿回执 · ${site}`,
  description: '打开查看作品的状态，核对收到的文件。',
  noIndex: true,
};

/** As HeroPicture.vue chooses. */
const heroes = [
  { href: '/hero-wide.svg', media: '(min-width: 800px), (min-aspect-ratio: 1/1)' },
  { href: '/hero-tall.svg', media: '(max-width: 799px) and (max-aspect-ratio: 999/1000)' },
];

/** Never fails: without its contest a page still opens, and says itself what is wrong. */
export async function pageHead(contests: ContestsService, request: PageRequest): Promise<PageHead> {
  const receipt = /^\/r\/([\w-]+)\/?$/.exec(request.path)?.[1];
  if (receipt) return { ...receiptHead, pictures: [{ href: `/api/receipts/${receipt}/qr.svg` }] };
  if (/^\/(?:payee|objection|check)\//.test(request.path)) return { title: site, noIndex: true };
  try {
    const contest = await contestOf(contests, request.path);
    if (contest) return contestHead(contest, request);
  } catch (error) {
    new Logger('http').warn(`${request.path} goes out without its head: ${String(error)}`);
  }
  return { title: site };
}

async function contestOf(contests: ContestsService, path: string): Promise<Contest | null> {
  if (path === '/') return contests.front();
  const slug = /^\/c\/([\w-]{1,100})\/?$/.exec(path)?.[1];
  return slug ? contests.lookUp(slug) : null;
}

/**
 * Most apps read og: tags. WeChat's own browser doesn't: of a page that is shared from it without its JS-SDK (which
 * wants a registered 公众号 and a filed domain) it takes the `<title>` and the first picture of the page that is at least
 * 300 pixels on each side, and shows a square of it. So there the square card stands first in the body, unseen; other
 * browsers don't load it.
 */
function contestHead({ slug, title, brief }: Contest, { origin, userAgent }: PageRequest): PageHead {
  const cards = `/api/contests/${slug}`;
  return {
    title: `${title} · ${site}`,
    description: cut(brief.replace(/\s+/g, ' ').trim()),
    url: `${origin}/c/${slug}`,
    image: `${origin}${cards}/card.jpg`,
    pictures: heroes,
    ...(/MicroMessenger/i.test(userAgent) ? { firstPicture: `${cards}/card-square.jpg` } : {}),
  };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= longestDescription
    ? text
    : `${characters.slice(0, longestDescription - 1).join('')}…`;
}

/** The built page with its head filled in; everything escaped, for organisers write it. */
export function withHead(page: string, head: PageHead): string {
  const [width, height] = cardSizes.wide;
  const tags = [
    `<title>${escapeHtml(head.title)}</title>`,
    meta('name', 'description', head.description),
    meta('name', 'robots', head.noIndex ? 'noindex, nofollow' : undefined),
    meta('property', 'og:site_name', site),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:title', head.title),
    meta('property', 'og:description', head.description),
    meta('property', 'og:url', head.url),
    meta('property', 'og:image', head.image),
    ...(head.image
      ? [
          meta('property', 'og:image:width', String(width)),
          meta('property', 'og:image:height', String(height)),
          meta('name', 'twitter:card', 'summary_large_image'),
        ]
      : []),
    ...(head.files ?? []).map(fileLink),
    ...(head.pictures ?? []).map(
      ({ href, media }) =>
        `<link rel="preload" as="image" href="${escapeHtml(href)}" fetchpriority="high"${media ? ` media="${media}"` : ''} />`,
    ),
  ].filter((tag) => tag !== '');
  const unseen = 'position:absolute;width:0;height:0;overflow:hidden';
  const picture = head.firstPicture
    ? `<div style="${unseen}" aria-hidden="true"><img src="${escapeHtml(head.firstPicture)}" alt="" /></div>`
    : '';
  return page
    .replace(/<title>[^<]*<\/title>/, () => tags.join('\n    '))
    .replace('<body>', (body) => body + picture);
}

function fileLink(href: string): string {
  return href.endsWith('.css')
    ? `<link rel="stylesheet" crossorigin href="${href}" />`
    : `<link rel="modulepreload" crossorigin href="${href}" />`;
}

function meta(kind: 'name' | 'property', key: string, content: string | undefined): string {
  return content ? `<meta ${kind}="${key}" content="${escapeHtml(content)}" />` : '';
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
