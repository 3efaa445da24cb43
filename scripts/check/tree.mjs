import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../tools.mjs';
import { capture, findingsOf } from './run.mjs';

/** What git keeps, or would keep: files that are new count too. */

const MAX_BYTES = 1_000_000;
/** Written by npm, as large as it has to be. */
const MAY_BE_LARGE = ['package-lock.json'];
const CODE = /^(?:src|web|test)\//;
const UNFINISHED = /\b(?:TODO|FIXME)\b/;
/** Homes of people; node's own is in every image of Node. */
const HOMES = /(?:\/home\/(?!node\b)|\/Users\/|[A-Z]:\\Users\\)[\w.-]+|\/root\/[\w.-]+/g;

/** A clone stays small: no file over a megabyte. */
export async function fileSizes() {
  const findings = (await files())
    .filter((file) => !MAY_BE_LARGE.includes(file))
    .map((file) => ({ file, bytes: statSync(path.join(ROOT, file)).size }))
    .filter(({ bytes }) => bytes > MAX_BYTES)
    .map(
      ({ file, bytes }) => `${file} has ${(bytes / 1e6).toFixed(1)} MB; the limit is ${MAX_BYTES / 1e6} MB.`,
    );
  return { findings };
}

/** Nothing names a folder that exists on one developer's machine only. */
export async function developersPaths() {
  // In a container these may be `/app` and `/`, which are anybody's.
  const own = [ROOT, homedir()].filter((folder) => folder.split(path.sep).length > 2);
  return searched(await files(), (line) => [
    ...(line.match(HOMES) ?? []),
    ...own.filter((folder) => line.includes(folder)),
  ]);
}

/** What is begun is finished, or isn't there. */
export async function unfinishedWork() {
  return searched(
    (await files()).filter((file) => CODE.test(file)),
    (line) => line.match(UNFINISHED) ?? [],
  );
}

function searched(names, search) {
  const findings = names.flatMap((file) => {
    const bytes = readFileSync(path.join(ROOT, file));
    if (bytes.includes(0)) return [];
    return [file, ...bytes.toString('utf8').split('\n')].flatMap((line, number) =>
      [...new Set(search(line))].map((found) => `${file}:${number}: ${found}`),
    );
  });
  return { findings };
}

async function files() {
  const gone = new Set(await listed('--deleted'));
  const kept = await listed('--cached', '--others', '--exclude-standard');
  return kept.filter((file) => !gone.has(file));
}

async function listed(...options) {
  // A clone may belong to another user than the one who checks it, as in a container.
  const result = await capture('git', ['-c', 'safe.directory=*', 'ls-files', '-z', ...options]);
  if (result.code !== 0) throw new Error(findingsOf(result)[0]);
  return result.stdout.split('\0').filter(Boolean);
}
