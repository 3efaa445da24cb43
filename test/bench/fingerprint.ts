import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type * as photosModule from '../../src/cli/demo/photos.ts';
import type * as scenesModule from '../../src/cli/demo/scenes/index.ts';
import type * as fingerprintModule from '../../src/media/fingerprint/fingerprint.ts';
import type { Fingerprint } from '../../src/media/fingerprint/fingerprint.ts';
import type * as hashModule from '../../src/media/fingerprint/hash.ts';
import type * as likenessModule from '../../src/media/fingerprint/likeness.ts';
import type * as viewsModule from '../../src/media/fingerprint/views.ts';
import { copies, type Original } from './lib/copies.ts';
import { median, printResult, printTable } from './lib/report.ts';

/**
 * How many copies of pictures are found, by what was done to them, and how many different pictures are taken for
 * alike. On painted pictures (17 scenes, each seed another picture of it, `npm run -s bench -- fingerprint 12 4`:
 * so many of each scene, so many of them copied) and on the photos of ../shared/media, or of a folder named third.
 * The yardstick is the one hash of the whole picture, near up to 10 bits, as most such systems have it.
 */
const built = (file: string) => new URL(`../../dist/${file}`, import.meta.url).href;
const { paintScene } = (await import(built('cli/demo/photos.js'))) as typeof photosModule;
const { SCENES, SCENE_NAMES } = (await import(built('cli/demo/scenes/index.js'))) as typeof scenesModule;
const { fingerprintOf } = (await import(
  built('media/fingerprint/fingerprint.js')
)) as typeof fingerprintModule;
const { bitsOf, distance } = (await import(built('media/fingerprint/hash.js'))) as typeof hashModule;
const { likeness, samePictureFrom, similarFrom } = (await import(
  built('media/fingerprint/likeness.js')
)) as typeof likenessModule;
const { withBorder } = (await import(built('media/fingerprint/views.js'))) as typeof viewsModule;

const [eachScene = 12, copiedOfScene = 4] = process.argv.slice(2, 4).map(Number);
const folder = process.argv[4] ?? path.join('..', 'shared', 'media');
const thresholds = [...new Set([0.6, 0.65, 0.7, 0.74, similarFrom, samePictureFrom, 0.86, 0.9])];
const wholeRadius = 10;

interface Known extends Original {
  scene: string;
  fingerprint: Fingerprint;
}

const costs: number[] = [];
const painted = await paintAll();
const real = await photosIn(folder);
if (real.length === 0) console.log(`no photos in ${folder}: only painted pictures are measured`);

const falsePairs = countFalse([...painted, ...real]);
const sets = {
  painted: painted.filter((_, at) => Math.floor(at / SCENE_NAMES.length) < copiedOfScene),
  real,
};
const figures: Record<string, number | null> = { fingerprintCpuMs: median(costs), ...falsePairs.figures };
const ratios: Record<string, number> = {};
for (const [name, set] of Object.entries(sets)) {
  if (set.length > 0) await measureCopies(name, set);
}
printTable(falsePairs.table);
printResult('fingerprint', ratios, figures);

async function paintAll(): Promise<Known[]> {
  const all: Known[] = [];
  for (let seed = 0; seed < eachScene; seed++) {
    for (const [at, scene] of SCENE_NAMES.entries()) {
      const [width, height] = (seed * 7 + at) % 4 === 0 ? [480, 640] : [640, 480];
      const { lights } = SCENES[scene];
      const data = await paintScene(
        { seed: `bench/${seed}/${scene}`, scene, light: lights[seed % lights.length] },
        width,
        height,
      );
      const file = await sharp(data, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer();
      all.push({ scene, file, width, height, fingerprint: await fingerprintFrom(file) });
    }
  }
  return all;
}

/** Every photo below a folder but for repeated ones (the orientation samples show two pictures nine times each). */
async function photosIn(root: string): Promise<Known[]> {
  const all: Known[] = [];
  for (const name of filesBelow(root)) {
    const { data: file, info } = await sharp(name, { limitInputPixels: 120_000_000 })
      .autoOrient()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .resize(1280, 1280, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 95 })
      .toBuffer({ resolveWithObject: true });
    all.push({
      scene: name,
      file,
      width: info.width,
      height: info.height,
      fingerprint: await fingerprintFrom(file),
    });
  }
  return all;
}

function filesBelow(root: string): string[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !/^(special|heic|video)$|_[02-8]\.jpg$/.test(name))
    .flatMap((entry) => {
      const name = path.join(root, entry.name);
      if (entry.isDirectory()) return filesBelow(name);
      return /\.(jpe?g|png|webp)$/i.test(entry.name) ? [name] : [];
    });
}

/** By the pipeline's own sizes: 640 pixels, then 320. */
async function fingerprintFrom(file: Buffer): Promise<Fingerprint> {
  const thumb = await sharp(file)
    .toColourspace('srgb')
    .resize(640, 640, { fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await sharp(thumb.data, { raw: thumb.info })
    .resize(320, 320, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const before = process.cpuUsage();
  const { width, height } = info;
  const fingerprint = fingerprintOf({ data, width, height, channels: info.channels as 1 | 3 });
  const { user, system } = process.cpuUsage(before);
  costs.push((user + system) / 1000);
  return fingerprint;
}

async function measureCopies(set: string, originals: Known[]): Promise<void> {
  const shown = originals.filter(({ fingerprint }) => fingerprint.length > 0);
  const rows = [[`${set}: ${shown.length} pictures`, 'found', 'as the same', 'one hash only']];
  const groups: Record<'found' | 'same' | 'whole', number>[] = [];
  const all: number[] = [];
  for (const [group, kinds] of Object.entries(copies)) {
    const scores: number[] = [];
    let whole = 0;
    for (const [kind, change] of Object.entries(kinds)) {
      const before = { scores: scores.length, whole };
      for (const original of shown) {
        const copy = await fingerprintFrom(await change(original));
        scores.push(likeness(original.fingerprint, copy) ?? -1);
        if (nearAsWhole(original.fingerprint, copy)) whole += 1;
      }
      rows.push([`  ${group}: ${kind}`, ...shares(scores.slice(before.scores), whole - before.whole)]);
    }
    rows.push([group, ...shares(scores, whole)]);
    const share = (from: number) => scores.filter((score) => score >= from).length / scores.length;
    groups.push({ found: share(similarFrom), same: share(samePictureFrom), whole: whole / scores.length });
    figures[`${set}: ${group}`] = share(similarFrom);
    all.push(...scores);
  }
  printTable(rows);
  const mean = (key: 'found' | 'same' | 'whole') =>
    groups.reduce((sum, each) => sum + each[key], 0) / groups.length;
  figures[`${set}Found`] = mean('found');
  figures[`${set}FoundByOneHash`] = mean('whole');
  ratios[`${set}FoundOverOneHash`] = mean('found') / mean('whole');
  for (const from of thresholds) {
    falsePairs.table[1 + thresholds.indexOf(from)].push(
      percent(all.filter((score) => score >= from).length / all.length),
    );
  }
  falsePairs.table[0].push(`found, ${set}`);
}

function shares(scores: number[], whole: number): string[] {
  const share = (from: number) => percent(scores.filter((score) => score >= from).length / scores.length);
  return [share(similarFrom), share(samePictureFrom), percent(whole / scores.length)];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function nearAsWhole([a]: Fingerprint, [b]: Fingerprint): boolean {
  if (!a || !b) return false;
  const [one, other] = [a, b].map(({ hashes }) => bitsOf(hashes[withBorder] ?? hashes[0]));
  return distance(one, other) <= wholeRadius;
}

/** Pairs of different pictures that pass each threshold, those of one scene apart: they differ, but by design not much. */
function countFalse(pictures: Known[]) {
  const pairs = { sameScene: 0, differentScene: 0 };
  const passed = thresholds.map(() => ({ sameScene: 0, differentScene: 0 }));
  let byOneHash = 0;
  pictures.forEach((one, at) => {
    for (const other of pictures.slice(at + 1)) {
      const kind = one.scene === other.scene ? 'sameScene' : 'differentScene';
      pairs[kind] += 1;
      if (nearAsWhole(one.fingerprint, other.fingerprint)) byOneHash += 1;
      const score = likeness(one.fingerprint, other.fingerprint) ?? -1;
      thresholds.forEach((from, index) => {
        if (score >= from) passed[index][kind] += 1;
      });
    }
  });
  const table = [
    ['threshold', `false of ${pairs.sameScene} of one scene`, `false of ${pairs.differentScene} others`],
    ...thresholds.map((from, index) => [
      `${from}${from === similarFrom ? ' similar' : from === samePictureFrom ? ' same picture' : ''}`,
      String(passed[index].sameScene),
      String(passed[index].differentScene),
    ]),
  ];
  const chosen = passed[thresholds.indexOf(similarFrom)];
  const counted = {
    pairs: pairs.sameScene + pairs.differentScene,
    falsePairs: chosen.sameScene + chosen.differentScene,
    falsePairsOfDifferentScenes: chosen.differentScene,
    falsePairsByOneHash: byOneHash,
  };
  return { table, figures: counted };
}
