import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import { serifCharacters } from './serif-characters.ts';

const packages = createRequire(import.meta.url);
const webFolder = fileURLToPath(new URL('..', import.meta.url));
const fontPackage = dirname(packages.resolve('@expo-google-fonts/noto-serif-sc/package.json'));

/** Where the subset lies: generated, so outside the sources. The alias `@serif` points here. */
export const SERIF_FOLDER = join(webFolder, '..', 'node_modules', '.cache', 'dingge-serif');

/**
 * Cuts Noto Serif SC Bold (15 MB) down to the characters that headings use and leaves in {@link SERIF_FOLDER}
 * `serif.woff2`, and `characters.json`: the string of covered characters, by which a page decides whether a
 * title from the database can be set in it as a whole.
 */
export function serifFont(): Plugin {
  return {
    name: 'dingge-serif-font',
    async config() {
      await writeSubset();
    },
  };
}

async function writeSubset(): Promise<void> {
  const characters = serifCharacters(await readSources());
  const listFile = join(SERIF_FOLDER, 'characters.json');
  const list = JSON.stringify(characters);
  if ((await readFile(listFile, 'utf8').catch(() => '')) === list) return;

  const whole = await readFile(join(fontPackage, '700Bold', 'NotoSerifSC_700Bold.ttf'));
  const subset = await subsetFont(whole, characters, { targetFormat: 'woff2', noLayoutClosure: true });
  await mkdir(SERIF_FOLDER, { recursive: true });
  await writeFile(join(SERIF_FOLDER, 'serif.woff2'), subset);
  // Last: its presence says that the font beside it is whole.
  await writeFile(listFile, list);
}

async function readSources(): Promise<string[]> {
  const names = await readdir(webFolder, { recursive: true });
  const sources = names.filter((name) => /\.(ts|vue)$/.test(name) && !/\.spec\.ts$/.test(name));
  return Promise.all(sources.map((name) => readFile(join(webFolder, name), 'utf8')));
}
