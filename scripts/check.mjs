import './node-version.mjs';
import { entrantBundle } from './check/bundle.mjs';
import { migrationDrift, openApiDrift } from './check/drift.mjs';
import { lockFile, minimumVersions } from './check/lock.mjs';
import { formatting, imports, lint, serverTypes, webTypes } from './check/tools.mjs';
import { developersPaths, fileSizes, unfinishedWork } from './check/tree.mjs';

/**
 * `npm run check`: everything about the sources that isn't a test. `npm run check -- lint format` runs only
 * those; `--write` writes the generated files that are compared otherwise.
 * The last line is always `N passed, N failed, N skipped`, and there are no warnings: a finding is a failure.
 *
 * A check takes `{ write }` and answers with what it found wrong, and optionally with notes to print anyway.
 * @typedef {{ findings: string[], notes?: string[] }} Outcome
 * @type {Record<string, (options: { write: boolean }) => Promise<Outcome>>}
 */
const CHECKS = {
  // The slowest first, so that the other lane runs beside it.
  lint,
  'server-types': serverTypes,
  'web-types': webTypes,
  format: formatting,
  imports,
  migrations: migrationDrift,
  openapi: openApiDrift,
  bundle: entrantBundle,
  versions: minimumVersions,
  lock: lockFile,
  sizes: fileSizes,
  paths: developersPaths,
  unfinished: unfinishedWork,
};
const LANES = 2;

const args = process.argv.slice(2);
const write = args.includes('--write');
const named = args.filter((arg) => arg !== '--write');
const unknown = named.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. Checks: ${Object.keys(CHECKS).join(', ')}`);
  process.exit(1);
}

const names = Object.keys(CHECKS).filter((name) => named.length === 0 || named.includes(name));
const waiting = [...names];
let failed = 0;
await Promise.all(Array.from({ length: LANES }, lane));
if (failed > 0) process.exitCode = 1;
console.log(`${names.length - failed} passed, ${failed} failed, 0 skipped`);

async function lane() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await runCheck(name);
}

/** Prints in one go, as the other lane prints too. */
async function runCheck(name) {
  const start = performance.now();
  const { findings, notes = [] } = await CHECKS[name]({ write }).catch((error) => ({
    findings: [error.stack],
  }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const passed = findings.length === 0;
  if (!passed) failed += 1;
  const lines = [`${passed ? '✓' : '✗'} ${name.padEnd(14)} ${seconds.padStart(5)} s`];
  for (const text of [...notes, ...findings]) lines.push(text.replace(/^/gm, '    '));
  console.log(lines.join('\n'));
}
