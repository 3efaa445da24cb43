import type { Category, Contest } from './api-types.js';
import { momentBefore } from './camera.js';
import { MOVES } from './film/motion.js';
import type { Weather } from './film/particles.js';
import { COMMUNITIES, createPeople, type Person } from './names.js';
import type { LightName } from './paint/light.js';
import type { Orientation, PhotoJob } from './photos.js';
import type { Rng } from './prng.js';
import { SCENES, SCENE_NAMES, type SceneName } from './scenes/index.js';
import { shareText } from './share-text.js';
import type { StudioJob } from './studio.js';
import { SERIES, WORDS } from './titles.js';

/** One work as it will be sent. */
export interface WorkPlan {
  category: string;
  /** Which account sends it. */
  account: number;
  author: Person;
  title: string;
  story: string;
  community: string;
  communityName?: string;
  subject: string;
  douyinText?: string;
  /** Community workers asked those for whom they send. */
  authorAgreed: boolean;
  files: { name: string; job: StudioJob }[];
}

export interface DemoPlan {
  /** Who registers; the first authors. */
  accounts: Person[];
  photos: WorkPlan[];
  videos: WorkPlan[];
}

/** How many people take part in which way, when there are works enough. */
const ACCOUNTS = 40;
const PHOTO_AUTHORS = 50;
const VIDEO_AUTHORS = 60;
/** Community workers are the accounts that send for people who have none. */
const WORKERS = 6;

/** Hours at which a light is seen. */
function hoursOf(light: LightName): readonly [number, number] {
  if (light.startsWith('dawn')) return [5, 7];
  if (light.startsWith('noon')) return [9, 15];
  if (light.startsWith('night')) return [20, 22];
  if (light.startsWith('dusk')) return [18, 19];
  return light === 'rain' ? [14, 20] : [17, 18];
}

/** Draws up everything that is going to be sent; the same seed gives the same contest. */
export function planDemo(
  rng: Rng,
  contest: Contest,
  categories: { photo: Category; video: Category },
  amounts: { photos: number; videos: number },
): DemoPlan {
  const photoAuthors = Math.min(PHOTO_AUTHORS, amounts.photos);
  const videoAuthors = Math.min(VIDEO_AUTHORS, amounts.videos);
  const shared = Math.min(ACCOUNTS, photoAuthors, videoAuthors);
  const people = createPeople(rng.fork('people'), Math.max(ACCOUNTS, photoAuthors + videoAuthors - shared));
  const accounts = people.slice(0, ACCOUNTS);
  const shooters = people.slice(0, photoAuthors);
  // Videos come from the account holders first, then from people that photo authors don't include.
  const filmers = [...people.slice(0, shared), ...people.slice(Math.max(photoAuthors, shared))].slice(
    0,
    videoAuthors,
  );
  const context = { contest, accounts, people };
  const photos = deal(rng.fork('photos'), amounts.photos).map((scene, i) =>
    planWork(rng.fork(`photo${i}`), context, categories.photo, shooters[i % shooters.length], scene, i),
  );
  const { seriesMin, seriesMax } = categories.photo.limits;
  if (photos.length > 0 && seriesMin <= SERIES.frames.length && SERIES.frames.length <= seriesMax) {
    planSeries(rng.fork('series'), contest, photos[Math.min(6, photos.length - 1)]);
  }
  const videos = deal(rng.fork('videos'), amounts.videos).map((scene, i) =>
    planWork(rng.fork(`video${i}`), context, categories.video, filmers[i % filmers.length], scene, i),
  );
  return { accounts, photos, videos };
}

/** Scene and light for each work: every scene in turn, the order new in each round, each with its next light. */
function deal(rng: Rng, count: number): { scene: SceneName; light: LightName; round: number }[] {
  const works = [];
  let order: SceneName[] = [];
  for (let i = 0; i < count; i += 1) {
    if (i % SCENE_NAMES.length === 0) order = rng.shuffle(SCENE_NAMES);
    const scene = order[i % SCENE_NAMES.length];
    const round = Math.floor(i / SCENE_NAMES.length);
    const { lights } = SCENES[scene];
    works.push({ scene, light: lights[round % lights.length], round });
  }
  return works;
}

function planWork(
  rng: Rng,
  { contest, accounts, people }: { contest: Contest; accounts: Person[]; people: Person[] },
  category: Category,
  author: Person,
  drawn: { scene: SceneName; light: LightName; round: number },
  index: number,
): WorkPlan {
  const words = WORDS[drawn.scene];
  const shift = category.media === 'video' ? 3 : 0;
  const title = words.titles[(drawn.round + shift) % words.titles.length];
  const own = accounts.indexOf(author);
  const takenAt = momentBefore(rng, seasonEnd(contest), contest.timeZone, hoursOf(drawn.light));
  const stamp = takenAt.replaceAll(':', '').replace(' ', '_');
  const plan: WorkPlan = {
    category: category.key,
    account: own >= 0 ? own : people.indexOf(author) % WORKERS,
    author,
    title: drawn.round >= words.titles.length ? `${title}（${drawn.round + 1}）` : title,
    story: words.stories[(drawn.round + shift) % words.stories.length],
    ...placeOf(rng, contest),
    subject: subjectOf(rng, contest, words.subjects),
    authorAgreed: own < 0,
    files: [],
  };
  const seed = rng.fork('picture').next().toString(36).slice(2);
  if (category.media === 'video') {
    plan.douyinText = shareText(rng, author.name, title);
    plan.files.push({ name: `VID_${stamp}.mp4`, job: videoJob(rng, seed, drawn) });
  } else {
    const name = rng.chance(0.6) ? `IMG_${stamp}.jpg` : `DSC${String(rng.int(1, 9999)).padStart(5, '0')}.JPG`;
    plan.files.push({ name, job: photoJob(rng, seed, drawn, index, takenAt) });
  }
  return plan;
}

/** The same season as the contest's, in the last year in which it is over: nobody sends what isn't taken yet. */
function seasonEnd({ closesAt, now }: Contest): Date {
  const end = new Date(closesAt);
  while (end > new Date(now)) end.setUTCFullYear(end.getUTCFullYear() - 1);
  return end;
}

/** A subject that fits the scene; where the contest has other ones, any; where it has none, none. */
function subjectOf(rng: Rng, contest: Contest, fitting: readonly string[]): string {
  const all = contest.subjects.map(({ name }) => name);
  const wanted = all.filter((name) => fitting.includes(name));
  return wanted.length > 0 ? rng.pick(wanted) : all.length > 0 ? rng.pick(all) : '';
}

/** Mostly a community of the contest's list; where that is short, 其他 with a name written in. */
function placeOf(rng: Rng, contest: Contest): { community: string; communityName?: string } {
  const other = contest.communities.find(({ name }) => name === '其他');
  const listed = contest.communities.filter((community) => community !== other);
  if (listed.length > 0 && (!other || rng.chance(listed.length / (listed.length + 6)))) {
    return { community: rng.pick(listed).id };
  }
  return other ? { community: other.id, communityName: rng.pick(COMMUNITIES) } : { community: '' };
}

/** All eight orientations come round; now and then a profile is missing, and one photo in nine is Display P3. */
function photoJob(
  rng: Rng,
  seed: string,
  drawn: { scene: SceneName; light: LightName },
  index: number,
  takenAt: string,
): StudioJob {
  const orientation = ((index % 8) + 1) as Orientation;
  const profile: PhotoJob['profile'] = index % 9 === 4 ? 'p3' : index % 7 === 3 ? 'none' : 'srgb';
  const upright = rng.chance(0.3) ? 'portrait' : 'landscape';
  return { kind: 'photo', photo: { ...drawn, seed, upright, orientation, profile, takenAt } };
}

function videoJob(rng: Rng, seed: string, drawn: { scene: SceneName; light: LightName }): StudioJob {
  const { scene, light } = drawn;
  const weather: Weather =
    scene === 'rainyWindow' || light === 'rain'
      ? 'rain'
      : light.startsWith('night') || light.startsWith('dusk')
        ? rng.pick(['fireflies', 'clear'] as const)
        : rng.pick(['petals', 'dust', 'clear'] as const);
  const upright = rng.chance(0.8) ? 'portrait' : 'landscape';
  return {
    kind: 'video',
    video: { seed, scene, light, upright, move: rng.pick(MOVES), weather, frames: rng.int(48, 60) },
  };
}

/** Turns one planned work into the portrait series. */
function planSeries(rng: Rng, contest: Contest, plan: WorkPlan): void {
  const day = momentBefore(rng, seasonEnd(contest), contest.timeZone, [5, 5]).slice(0, 10);
  plan.title = SERIES.title;
  plan.story = SERIES.story;
  plan.files = SERIES.frames.map(({ scene, light }, i) => {
    const hour = String(hoursOf(light)[0]).padStart(2, '0');
    const takenAt = `${day} ${hour}:${String(rng.int(10, 59))}:${String(rng.int(10, 59))}`;
    const photo: PhotoJob = {
      seed: `series${rng.next()}`,
      scene,
      light,
      upright: 'portrait',
      orientation: i % 2 === 0 ? 6 : 1,
      profile: 'srgb',
      takenAt,
    };
    return {
      name: `IMG_${takenAt.replaceAll(':', '').replace(' ', '_')}.jpg`,
      job: { kind: 'photo', photo },
    };
  });
}
