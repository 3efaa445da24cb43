import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT, TOOLS } from '../tools.mjs';
import { captureNode, findingsOf } from './run.mjs';

/** In bytes of gzip: what a phone on a mobile network can wait for. */
const LIMIT = 100_000;
const ROUTES = 'entrant/routes.ts';

/**
 * No page of the entrant's asks for more JavaScript than {@link LIMIT} before it works: the entry, the page,
 * and all that these two import. What a page loads later, when it is asked to, is not counted.
 */
export async function entrantBundle() {
  // A folder of its own: the manifest is of no use to the server, and dist may be in use.
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-bundle-'));
  try {
    const options = ['--manifest', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
    const result = await captureNode(TOOLS.vite, ['build', ...options]);
    return result.code === 0 ? weighPages(folder) : { findings: findingsOf(result) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function weighPages(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, '.vite', 'manifest.json'), 'utf8'));
  const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry);
  const pages = lazyPages();
  const findings = pages.length === 0 ? [`${ROUTES} names no page that is loaded by import().`] : [];
  const notes = [];
  for (const page of pages) {
    const bytes = [...closure(manifest, [...entries, page])]
      .map((key) => gzipSync(readFileSync(path.join(folder, manifest[key].file))).length)
      .reduce((sum, length) => sum + length, 0);
    notes.push(`${kB(bytes).padStart(8)}  ${page}`);
    if (bytes > LIMIT) findings.push(`${page} takes ${kB(bytes)} of JavaScript; the limit is ${kB(LIMIT)}.`);
  }
  return { findings, notes };
}

/** The pages of the entrant's routes, each once, named as in the manifest: relative to web. */
function lazyPages() {
  const source = readFileSync(path.join(ROOT, 'web', ROUTES), 'utf8');
  const pages = [...source.matchAll(/import\('([^']+)'\)/g)].map(([, relative]) =>
    path.posix.join(path.posix.dirname(ROUTES), relative),
  );
  return [...new Set(pages)];
}

/** The chunks themselves and whatever they import, directly or not. */
function closure(manifest, keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    if (!manifest[key]) throw new Error(`The build's manifest has no ${key}.`);
    seen.add(key);
    closure(manifest, manifest[key].imports ?? [], seen);
  }
  return seen;
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
