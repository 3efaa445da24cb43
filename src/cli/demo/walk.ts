import { openAsBlob, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api } from './api.js';
import type { Category, Contest, Overview, Result, Submission } from './api-types.js';
import { awardDifferences } from './check.js';
import { appointJudges, drawResult, judgeCategory, lockResult } from './judging.js';
import { createRng } from './prng.js';
import { inParallel, type Progress, type Say } from './progress.js';
import { Studio } from './studio.js';
import { planDemo, type DemoPlan, type WorkPlan } from './works.js';

export interface WalkOptions {
  contest: string;
  photos: number;
  videos: number;
  seed: string;
  /** Absolute folder for the lists. */
  folder: string;
}

export interface WalkOutcome {
  files: string[];
  /** What differs from the contest's promise; empty when all is right. */
  differences: string[];
}

interface Stage {
  options: WalkOptions;
  api: Api;
  contest: Contest;
  progress: Progress;
  say: Say;
  visitor: () => Api;
  /** A new password that nobody has to remember. */
  password: () => string;
}

const UPLOADS_AT_ONCE = 4;
const MEDIA_LIMIT_MS = 10 * 60_000;

/** The contest from the first upload to the winner list, as its people would walk it. */
export async function walk(stage: Stage): Promise<WalkOutcome> {
  const { contest, options } = stage;
  const categories = {
    photo: categoryOf(contest, 'image'),
    video: categoryOf(contest, 'video'),
  };
  const plan = planDemo(createRng(options.seed), contest, categories, options);
  const entrants = await register(stage, plan);
  const studio = new Studio();
  const folder = await mkdtemp(path.join(tmpdir(), 'dingge-demo-'));
  const sweep = (): void => rmSync(folder, { recursive: true, force: true });
  // Ctrl-C ends the process without coming back here.
  process.once('exit', sweep);
  try {
    await sendWorks(stage, studio, folder, entrants, `${categories.photo.name} 拍摄与投稿`, plan.photos);
    await sendWorks(stage, studio, folder, entrants, `${categories.video.name} 拍摄与投稿`, plan.videos);
  } finally {
    studio.close();
    process.off('exit', sweep);
    sweep();
  }
  await mediaReady(stage);
  await acceptAll(stage);
  const desk = { ...stage, seed: options.seed };
  const judges = await appointJudges(desk, stage.password);
  const differences: string[] = [];
  for (const [category, works] of [
    [categories.photo, plan.photos],
    [categories.video, plan.videos],
  ] as const) {
    await judgeCategory(desk, category, judges);
    const result = await drawResult(desk, category);
    differences.push(...awardDifferences(category, result, entrantsOf(category, works)));
    await lockResult(desk, result);
    reportAwards(stage, category, result);
  }
  return { files: await download(stage), differences };
}

function categoryOf(contest: Contest, media: Category['media']): Category {
  const category = contest.categories.find((candidate) => candidate.media === media);
  if (!category) {
    throw new Error(
      `比赛没有${media === 'image' ? '图片' : '视频'}类别 · The contest has no ${media} category`,
    );
  }
  return category;
}

/** How many can win: authors where a person wins once, else works. */
function entrantsOf(category: Category, works: readonly WorkPlan[]): number {
  return category.onePrizePerPerson ? new Set(works.map(({ author }) => author.phone)).size : works.length;
}

async function register({ progress, say, visitor, password }: Stage, plan: DemoPlan): Promise<Api[]> {
  const phase = progress.phase(say('注册参赛者', 'entrants'), plan.accounts.length);
  const entrants: Api[] = [];
  await inParallel(plan.accounts, UPLOADS_AT_ONCE, async (person, i) => {
    entrants[i] = visitor();
    await entrants[i].post('/accounts', { ...person, password: password() });
    phase.tick();
  });
  phase.end();
  return entrants;
}

/** Paints and sends; while one work is on its way the next is being painted. */
async function sendWorks(
  stage: Stage,
  studio: Studio,
  folder: string,
  entrants: Api[],
  label: string,
  works: WorkPlan[],
): Promise<void> {
  const phase = stage.progress.phase(stage.say(label, 'draw and send'), works.length);
  let bytes = 0;
  await inParallel(works, UPLOADS_AT_ONCE, async (work, index) => {
    const paths = work.files.map((_, i) => path.join(folder, `${work.category}-${index}-${i}`));
    await Promise.all(work.files.map(({ job }, i) => studio.make({ job, path: paths[i] })));
    const form = formOf(work, stage.contest);
    for (const [i, { name, job }] of work.files.entries()) {
      const blob = await openAsBlob(paths[i], { type: job.kind === 'photo' ? 'image/jpeg' : 'video/mp4' });
      bytes += blob.size;
      form.append('files', blob, name);
    }
    await entrants[work.account].post<Submission>(`/contests/${stage.contest.slug}/submissions`, form);
    await Promise.all(paths.map((file) => rm(file, { force: true })));
    phase.tick();
  });
  phase.end(`${(bytes / 1e6).toFixed(0)} MB`);
}

/** The category goes first: the server needs it before the files begin. */
function formOf(work: WorkPlan, contest: Contest): FormData {
  const form = new FormData();
  form.append('category', work.category);
  form.append('title', work.title);
  form.append('story', work.story);
  form.append('community', work.community);
  if (work.communityName) form.append('communityName', work.communityName);
  if (work.subject) form.append('subject', work.subject);
  form.append('author', JSON.stringify(work.author));
  if (work.authorAgreed) form.append('authorAgreed', 'true');
  if (work.douyinText) form.append('douyinText', work.douyinText);
  form.append('consent', contest.consentVersion);
  return form;
}

async function mediaReady({ api, contest, progress, say }: Stage): Promise<void> {
  const read = async () => (await api.get<Overview>(`/contests/${contest.slug}/overview`)).media;
  let media = await read();
  const phase = progress.phase(say('生成预览', 'renditions'), media.pending + media.ready + media.failed);
  const limit = Date.now() + MEDIA_LIMIT_MS;
  while (media.pending > 0) {
    if (Date.now() > limit) {
      throw new Error(`还有 ${media.pending} 个文件没有处理完 · ${media.pending} files are still pending`);
    }
    phase.set(media.ready + media.failed);
    await sleep(500);
    media = await read();
  }
  phase.set(media.ready);
  phase.end();
  if (media.failed > 0) throw new Error(`${media.failed} 个文件处理失败 · ${media.failed} files failed`);
}

async function acceptAll({ api, contest, progress, say }: Stage): Promise<void> {
  const base = `/contests/${contest.slug}/screening`;
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      status: 'pending',
      limit: '100',
      ...(cursor === null ? {} : { cursor }),
    });
    const page: { items: Submission[]; next: string | null } = await api.get(`${base}?${query.toString()}`);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  const phase = progress.phase(say('初审通过', 'screening'), ids.length);
  let done = 0;
  for (let i = 0; i < ids.length; i += 100) {
    const answer = await api.post<{ done: number; refused: { detail: string }[] }>(base, {
      ids: ids.slice(i, i + 100),
      decision: 'accept',
    });
    if (answer.refused.length > 0) throw new Error(answer.refused[0].detail);
    done += answer.done;
    phase.set(done);
  }
  phase.end();
}

function reportAwards({ progress, say }: Stage, category: Category, result: Result): void {
  const tiers = category.prizeTiers.map(
    (tier) => `${tier.name} ${result.ranking.filter((row) => row.tier === tier.id).length}`,
  );
  const { awards, amountYuan } = result.totals;
  progress.say(
    `  ${say(`${category.name} ${awards} 个奖`, `${awards} awards`)}：${tiers.join('，')}，¥${amountYuan.toLocaleString('en')}`,
  );
}

async function download({ api, contest, options, progress, say }: Stage): Promise<string[]> {
  const names = ['winners.xlsx', 'winners.csv', 'scores.xlsx'];
  const phase = progress.phase(say('导出', 'exports'), names.length);
  await mkdir(options.folder, { recursive: true });
  const files: string[] = [];
  for (const name of names) {
    const file = path.join(options.folder, name);
    await writeFile(file, await api.download(`/contests/${contest.slug}/exports/${name}`));
    files.push(file);
    phase.tick();
  }
  phase.end();
  return files;
}
