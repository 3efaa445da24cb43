import { describe, expect, it } from '@jest/globals';
import type { Category, Contest } from './api-types.js';
import { namesVideo, readDouyinText } from '../../submissions/douyin-text.js';
import { createRng } from './prng.js';
import { planDemo, type WorkPlan } from './works.js';

const category = (key: string, media: Category['media']): Category => ({
  key,
  name: key,
  media,
  limits: { seriesMin: 3, seriesMax: 8, perAuthor: 5 },
  onePrizePerPerson: true,
  prizeTiers: [],
});

const categories = { photo: category('photo', 'image'), video: category('douyin', 'video') };
const contest: Contest = {
  slug: 'c',
  title: 'c',
  timeZone: 'Asia/Shanghai',
  closesAt: '2019-09-16T00:00:00+08:00',
  now: '2019-09-20T00:00:00+08:00',
  phase: 'open',
  consentVersion: '1',
  counts: { submissions: 0 },
  categories: Object.values(categories),
  communities: [
    { id: 'a', name: '东湖社区' },
    { id: 'o', name: '其他' },
  ],
  subjects: [{ id: 's', name: '爱心志愿者' }],
};
const plan = (photos: number, videos: number) =>
  planDemo(createRng('t'), contest, categories, { photos, videos });
const authors = (works: WorkPlan[]) => new Set(works.map(({ author }) => author.phone));
const photosOf = (works: WorkPlan[]) =>
  works.flatMap(({ files }) => files.flatMap(({ job }) => (job.kind === 'photo' ? [job.photo] : [])));

describe('planDemo', () => {
  const full = plan(64, 60);

  it('has 50 photo authors, 60 video authors and 40 accounts', () => {
    expect(full.accounts).toHaveLength(40);
    expect(authors(full.photos).size).toBe(50);
    expect(authors(full.videos).size).toBe(60);
  });

  it('sends the works of people without an account from other accounts', () => {
    const helped = [...full.photos, ...full.videos].filter(
      ({ author, account }) => full.accounts[account].phone !== author.phone,
    );
    expect(helped.length).toBeGreaterThan(20);
  });

  it('keeps everyone within the limit of works an author', () => {
    for (const works of [full.photos, full.videos]) {
      for (const phone of authors(works)) {
        expect(works.filter(({ author }) => author.phone === phone).length).toBeLessThanOrEqual(5);
      }
    }
  });

  it('uses all eight orientations, Display P3, photos without a profile, and one portrait series', () => {
    const photos = photosOf(full.photos);
    expect(new Set(photos.map(({ orientation }) => orientation)).size).toBe(8);
    expect(new Set(photos.map(({ profile }) => profile))).toEqual(new Set(['none', 'srgb', 'p3']));
    const series = full.photos.filter(({ files }) => files.length > 1);
    expect(series).toHaveLength(1);
    expect(photosOf(series).every(({ upright }) => upright === 'portrait')).toBe(true);
  });

  it('never asks for the same picture twice', () => {
    const seeds = photosOf(full.photos).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(seeds.length);
  });

  it('takes every photo in the two months before the deadline', () => {
    for (const { takenAt } of photosOf(full.photos)) {
      expect(takenAt).toMatch(/^2019:0[789]:\d\d \d\d:\d\d:\d\d$/);
    }
  });

  it('takes none in the future: while the contest runs, all are of the season before', () => {
    const early = { ...contest, now: '2019-09-01T00:00:00+08:00' };
    const { photos } = planDemo(createRng('t'), early, categories, { photos: 20, videos: 0 });
    for (const { takenAt } of photosOf(photos)) expect(takenAt).toMatch(/^2018:0[789]:/);
  });

  it('writes a community in only where it names 其他', () => {
    for (const { community, communityName } of full.photos) {
      expect(communityName !== undefined).toBe(community === 'o');
    }
  });

  it('gives every video a share text of its own, in which its link is found', () => {
    const links = full.videos.map(({ douyinText }) => readDouyinText(douyinText ?? ''));
    expect(links.every(namesVideo)).toBe(true);
    expect(new Set(links.map(({ shortCode }) => shortCode)).size).toBe(links.length);
  });

  it('plans a small contest too', () => {
    const small = plan(2, 1);
    expect(small.photos).toHaveLength(2);
    expect(small.videos).toHaveLength(1);
    expect(small.videos[0].douyinText).toContain('v.douyin.com');
  });
});
