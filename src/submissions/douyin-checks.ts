import { both } from '../common/validation.js';
import type { EntryKind } from '../contests/category.entity.js';
import type { Check } from './check.js';
import { namesVideo, readDouyinText, type DouyinKind } from './douyin-text.js';

/** What the entrant and the desk should know of a pasted text, in a category whose works have a link. */
export function checkDouyin({ entry, douyinText }: { entry: EntryKind; douyinText: string }): Check[] {
  if (entry === 'file') return [];
  if (douyinText === '') return [{ code: 'DOUYIN_LINK_MISSING', params: {} }];
  const read = readDouyinText(douyinText);
  return namesVideo(read) ? [] : [{ code: 'DOUYIN_NO_VIDEO', params: { kind: read.kind } }];
}

/** Why a text of this kind is no link of a video, and what to paste instead; in both languages. */
export function linkProblem(kind: DouyinKind): string {
  const [zh, en] = problems[kind];
  return both(zh + howTo.zh, en + howTo.en);
}

const howTo = {
  zh: '请在抖音打开自己的作品，点“分享 → 复制链接”，把整段文字粘贴到这里。',
  en: ' In Douyin open your video, choose Share → Copy link, and paste the whole text here.',
};

const noVideo: [string, string] = ['没有找到抖音视频的链接。', 'There is no link of a Douyin video.'];
const problems: Record<DouyinKind, [zh: string, en: string]> = {
  video: noVideo,
  short: noVideo,
  other: noVideo,
  none: noVideo,
  note: ['这是抖音图文的链接，不是视频。', 'This is the link of a picture post, not of a video.'],
  profile: ['这是个人主页的链接，不是视频。', 'This is the link of a person’s page, not of a video.'],
  live: ['这是直播间的链接，不是视频。', 'This is the link of a live room, not of a video.'],
  foreign: ['这不是抖音的链接。', 'This is not a link of Douyin.'],
  code: ['这段口令里没有链接。', 'This share text has lost its link.'],
};
