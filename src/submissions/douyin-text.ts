/**
 * What a text that somebody copied out of Douyin says: which work, whose, with which hashtags. Pure and without the
 * network, so it never depends on Douyin being reachable; the server and the entrant's page run the same code.
 *
 * Forms of a link, from the app's and the site's share buttons (the texts in the spec are such; seen in issues of
 * moyada/stealer, Evil0ctal/Douyin_TikTok_Download_API, fllesser/nonebot-plugin-parser, biliup/biliup, 2019 to 2026):
 *
 * | link                                                        | is                                              |
 * | ----------------------------------------------------------- | ----------------------------------------------- |
 * | `v.douyin.com/iRNBho6u/`                                    | short; 5 to 11 of `A-Za-z0-9_-`, case matters   |
 * | `www.douyin.com/video/<id>`, `…iesdouyin.com/share/video/<id>/` | a video                                     |
 * | `…/note/<id>`, `…/share/note/<id>`, `…/share/slides/<id>`   | a post of pictures (图文)                       |
 * | any page of douyin.com with `modal_id=<id>`, `aweme_id=`, `vid=` | a work opened over that page               |
 * | `…/user/…`, `…/share/user/…` without such an id             | a person's page                                 |
 * | `live.douyin.com/…`, `webcast.amemv.com/…`, `…/share/live/…` | a live room                                    |
 *
 * An id is 19 digits; its upper 32 bits are the second in which the work was made (6714101618352131339 >> 32 is in
 * July 2019). Douyin opened in September 2016, so every id is above 63 × 10^17, which tells it from the 19 digits
 * of a bank card (62…).
 *
 * Around the link the app writes a 口令: `3.00 复制打开抖音，看看【…的作品】… <link> 04/18 xXx:/ w@F.uF :4pm`, earlier
 * `#在抖音，记录美好生活#… <link> 复制此链接，打开【抖音短视频】，直接观看视频！`. Its codes mean something to the app only.
 *
 * A short link leads to a work, a person or a live room, and only Douyin knows which and what id the work has: where
 * the words around it don't say so, it is taken for a work. So a short and a long link of the same work cannot be
 * known to be the same; short codes are compared with short codes, ids with ids.
 */
export interface DouyinText {
  kind: DouyinKind;
  /** Of a work, without tracking: written anew from id or code, never what was pasted. */
  link: string | null;
  videoId: string | null;
  shortCode: string | null;
  /** Name of the author as the text gives it, without @. */
  handle: string | null;
  /** Without #, each once. */
  hashtags: string[];
  /** Links of further works; only the first one counts. */
  furtherWorks: number;
  missing: DouyinPart[];
}

/**
 * `video`, `note` (pictures) and `short` are links of a work; `profile`, `live` and `other` are links of Douyin that are
 * none; `foreign` is a link of another site; `code` is a 口令 that lost its link; `none` is any other text.
 */
export type DouyinKind =
  'video' | 'note' | 'short' | 'profile' | 'live' | 'other' | 'foreign' | 'code' | 'none';

export type DouyinPart = 'link' | 'videoId' | 'handle' | 'hashtags';

/** Whether the text names a work that can be a video; of a short link that is assumed. */
export function namesVideo({ kind }: Pick<DouyinText, 'kind'>): boolean {
  return kind === 'video' || kind === 'short';
}

export function readDouyinText(text: string): DouyinText {
  const { links, rest } = takeLinks(text);
  const works = links.filter(({ link }) => link !== null);
  const found =
    works[0] ?? bareId(rest) ?? links.find(({ kind }) => kind !== 'foreign') ?? links[0] ?? noLink;
  const read = {
    ...found,
    kind: found.kind === 'short' ? meantBy(rest) : found.kind,
    handle: handleIn(rest),
    hashtags: hashtagsIn(rest),
    furtherWorks: new Set(works.map(({ link }) => link).filter((link) => link !== found.link)).size,
  };
  if (read.kind === 'profile' || read.kind === 'live') Object.assign(read, { link: null, shortCode: null });
  if (read.kind === 'none' && isCode(rest)) read.kind = 'code';
  const parts = { link: read.link, videoId: read.videoId, handle: read.handle, hashtags: read.hashtags[0] };
  const missing = (Object.keys(parts) as DouyinPart[]).filter((part) => !parts[part]);
  return { ...read, missing };
}

type Link = Pick<DouyinText, 'kind' | 'link' | 'videoId' | 'shortCode'>;

const noLink: Link = { kind: 'none', link: null, videoId: null, shortCode: null };
const linkOfKind = (kind: DouyinKind): Link => ({ ...noLink, kind });
const workOf = (kind: 'video' | 'note', videoId: string): Link => ({
  kind,
  link: `https://www.douyin.com/${kind}/${videoId}`,
  videoId,
  shortCode: null,
});

/*
 * Every expression below reads a text once, in whatever form it comes: repetitions are bounded or end where their
 * characters do, and none stands within another. No look-behind: phones of 2022 don't know it.
 */

/**
 * The links in a text, in their order, and the text without them. What stands before and behind a name decides whose
 * host it is: in `v.douyin.com@evil.example` and `douyin.com.evil.example` it is not Douyin's.
 */
function takeLinks(text: string): { links: Link[]; rest: string } {
  const ascii = narrow(text);
  const links: Link[] = [];
  let rest = '';
  let end = 0;
  for (const { 0: run, index } of ascii.matchAll(/[A-Za-z0-9.-]+/g)) {
    if (index < end) continue;
    const found = linkAt(ascii, index, run);
    if (!found) continue;
    links.push(found.link);
    rest += `${text.slice(end, index)} `;
    end = found.end;
  }
  return { links, rest: rest + text.slice(end) };
}

/** Null for what is no link: a name with neither a scheme before it nor, at Douyin, a path behind it. */
function linkAt(ascii: string, index: number, run: string): { link: Link; end: number } | null {
  const before = ascii.slice(Math.max(0, index - 8), index);
  // A letter of another script right before it belongs to the name; Chinese words do stand there without a space.
  if (/[@\\]$|[^\P{L}\p{Script=Han}]$/u.test(before)) return null;
  const host = run.toLowerCase().replace(/\.$/, '');
  const [, site] =
    /(?:^|\.)(v\.douyin\.com|live\.douyin\.com|(?:ies)?douyin\.com|amemv\.com)$/.exec(host) ?? [];
  const scheme = /https?:\/\/$/i.test(before);
  const behind = index + run.length;
  if (!scheme && !(site && ascii[behind] === '/')) return null;
  // What looks like a host may be somebody's name, in front of the real one.
  if (!site || matchAt(ascii, behind, /[^\s/?#]{0,80}@/y)) {
    return host.includes('.')
      ? { link: linkOfKind('foreign'), end: behind + pathAt(ascii, behind).length }
      : null;
  }
  const path = pathAt(ascii, behind);
  return { link: douyinLink(site, path.replace(/^:\d+/, '')), end: behind + path.length };
}

/** Port, path, query and fragment that follow a host. */
function pathAt(ascii: string, index: number): string {
  return matchAt(ascii, index, /(?::\d{1,5})?(?:[/?#][\w\-.~%!$&'()*+,;=:@/?#[\]]*)?/y) ?? '';
}

function matchAt(ascii: string, index: number, sticky: RegExp): string | undefined {
  sticky.lastIndex = index;
  return sticky.exec(ascii)?.[0];
}

function douyinLink(site: string, path: string): Link {
  if (site === 'v.douyin.com') return shortLink(path);
  const id = workIdIn(path);
  if (id) return id;
  if (site === 'live.douyin.com' || /\/(?:live|webcast)\b/i.test(path)) return linkOfKind('live');
  return linkOfKind(/^\/(?:share\/)?user\//i.test(path) ? 'profile' : 'other');
}

function shortLink(path: string): Link {
  const shortCode = /^\/([\w-]{4,24})(?![\w-])/.exec(path)?.[1];
  if (!shortCode) return linkOfKind('other');
  return { kind: 'short', link: `https://v.douyin.com/${shortCode}/`, videoId: null, shortCode };
}

function workIdIn(path: string): Link | null {
  const [, page, id] = /^\/(?:share\/)?(video|note|slides)\/(\d+)/i.exec(path) ?? [];
  if (page && id && isId(id)) return workOf(page.toLowerCase() === 'video' ? 'video' : 'note', id);
  const [, opened] = /[?&](?:modal_id|aweme_id|vid)=(\d+)/i.exec(path) ?? [];
  return opened && isId(opened) ? workOf('video', opened) : null;
}

/** An id that stands alone, as it is copied from an address or the creator's page. */
function bareId(rest: string): Link | null {
  const [id] = (narrow(rest).match(/\d+/g) ?? []).filter(isId);
  return id ? workOf('video', id) : null;
}

function isId(digits: string): boolean {
  return /^(?:6[3-9]|[7-9]\d)\d{17}$/.test(digits);
}

/** What the words around a short link say that it leads to. */
function meantBy(rest: string): 'short' | 'profile' | 'live' {
  if (/作品】|观看视频/.test(rest)) return 'short';
  if (/查看ta的更多作品|的主页】/i.test(rest)) return 'profile';
  return /正在直播|的直播】|观看直播/.test(rest) ? 'live' : 'short';
}

/** The app's codes without a link: `7.66 B@T.IP 03/03 baN/: :4pm …`. */
function isCode(rest: string): boolean {
  return /\d\.\d\d\s/.test(rest) && /[A-Za-z]@[A-Za-z]\.[A-Za-z]{2}|[A-Za-z]{3}(?::\/|\/:)/.test(rest);
}

function handleIn(rest: string): string | null {
  const [, author] = /【([^【】\n]{1,60})的(?:图文)?作品】/.exec(rest) ?? [];
  if (author) return author.trim() || null;
  for (const [, before, name] of rest.matchAll(/(^|[^\w.])[@＠]([\p{L}\p{N}\p{M}_.·-]{2,30})/gu)) {
    if (before !== undefined && name && !officialNames.has(name)) return name;
  }
  return null;
}

/** Mentioned in many captions, and never an author. */
const officialNames = new Set(['抖音小助手', '抖音', 'DOU+小助手', '剪映']);

/** The app writes `# 名称` with a space, cuts a long caption with dots, and in 2019 began with its slogan between two #. */
function hashtagsIn(rest: string): string[] {
  const words = rest.replace(/[#＃]在抖音[，,]\s?记录美好生活[#＃]?/g, ' ');
  const tags = new Set<string>();
  for (const [, tag, cut] of words.matchAll(/[#＃][ \u3000]{0,2}([\p{L}\p{N}\p{M}_]{1,60})(\.{2,}|…)?/gu)) {
    if (tag && !cut && tags.size < 30) tags.add(tag);
  }
  return [...tags];
}

/** Full-width letters, digits and signs as their narrow ones; of the same length, so that places stay. */
function narrow(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/。/g, '.');
}
