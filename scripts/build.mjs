import './node-version.mjs';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ROOT, TOOLS, runNode } from './tools.mjs';

const DIST = path.join(ROOT, 'dist');

/**
 * What each half is made of, how, and a file that it ends in. A stamp holds the hash of the inputs; it is
 * removed before a build and written after, so that a killed build is never taken for a whole one.
 */
const HALVES = {
  server: {
    inputs: ['src', 'nest-cli.json', '.swcrc', 'tsconfig.json', 'package-lock.json'],
    tool: [TOOLS.nest, ['build']],
    result: 'main.js',
  },
  web: {
    inputs: ['web', 'vite.config.ts', 'package-lock.json'],
    tool: [TOOLS.vite, ['build', '--logLevel', 'warn']],
    result: 'web/index.html',
  },
};

/**
 * Builds what has changed since the last build, the two halves beside each other.
 * @param {{ server?: boolean, web?: boolean, quiet?: boolean }} wanted `quiet` keeps stdout free
 * @throws if a tool fails; what it said is on the screen
 */
export async function build({ server = false, web = false, quiet = false }) {
  const names = [...(server ? ['server'] : []), ...(web ? ['web'] : [])];
  const unlock = await lock();
  try {
    const results = await Promise.allSettled(names.map((name) => buildHalf(name, quiet)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    unlock();
  }
}

async function buildHalf(name, quiet) {
  const { inputs, tool, result } = HALVES[name];
  const stamp = stampOf(name);
  const hash = hashOf(inputs);
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (known === hash && existsSync(path.join(DIST, result))) return;

  forget(name);
  const stdio = ['ignore', quiet ? process.stderr : 'inherit', 'inherit'];
  const code = await runNode(...tool, { stdio });
  if (code !== 0) throw new Error(`Building the ${name} failed.`);
  if (name === 'server') {
    copyScripts();
    removeLeftovers();
  }
  writeFileSync(stamp, hash);
}

/**
 * Has the next build done in any case, for tools that write into dist by themselves.
 * @param {'server' | 'web'} name
 */
export function forget(name) {
  rmSync(stampOf(name), { force: true });
}

function stampOf(name) {
  return path.join(DIST, `.${name}-stamp`);
}

/** SHA-256 over names and contents. Specs are no part of what is built. */
function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesUnder).sort()) {
    if (!file.endsWith('.spec.ts')) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(path.join(ROOT, file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function filesUnder(input) {
  const absolute = path.join(ROOT, input);
  if (!statSync(absolute).isDirectory()) return [input];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

/** What is handed out as it is, not compiled. */
function copyScripts() {
  for (const file of filesUnder('src').filter((name) => name.endsWith('.mjs'))) {
    cpSync(path.join(ROOT, file), path.join(DIST, path.relative('src', file)));
  }
}

/** Removes what an earlier build made of files that are gone from src. */
function removeLeftovers() {
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const file = path.relative(DIST, path.join(entry.parentPath, entry.name));
    if (!entry.isFile() || file.startsWith('.') || file.startsWith(`web${path.sep}`)) continue;
    const source = path.join(ROOT, 'src', file.replace(/\.js(\.map)?$/, '.ts'));
    if (!existsSync(source)) rmSync(path.join(DIST, file));
  }
}

/** Two builds at once would write the same files: the second waits, then finds nothing left to do. */
async function lock() {
  // Imported here because an old Node would stop at its name before node-version.mjs has said a word.
  const { DatabaseSync } = await import('node:sqlite');
  mkdirSync(DIST, { recursive: true });
  const database = new DatabaseSync(path.join(DIST, '.lock'), { timeout: 180_000 });
  database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  return () => database.close();
}

if (import.meta.main) {
  await build({ server: true, web: true }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
