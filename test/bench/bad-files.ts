import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as decoder from '../../src/media/decoder/decoder.js';
import type * as sniffing from '../../src/media/sniff.js';
import { badFamilies } from '../fixtures/bad-files/index.ts';
import { startCanary } from '../integration/bad-files/support/canary.ts';
import { isOurFault, TrialRoom, type Trial } from '../integration/bad-files/support/trial.ts';
import { encodeClip } from '../integration/decoder/support/film.ts';
import { printResult, printTable } from './lib/report.ts';
import { markdownTable } from './lib/markdown.ts';

/**
 * What becomes of every kind of bad file, one at a time: processed or refused with which reason, the slowest of
 * its files and the most memory of the process that decoded it. Writes docs/bad-files.md with `--write`.
 * The ratio that counts is that of files which harmed something: it must be 0.
 */
const root = path.resolve(import.meta.dirname, '../..');
const hostile = path.resolve(root, '../shared/hostile');
const page = path.join(root, 'docs/bad-files.md');

interface Line {
  group: string;
  kind: string;
  trials: Trial[];
}

const built = (file: string) => pathToFileURL(path.join(root, 'dist', file)).href;
const { Decoder } = (await import(built('media/decoder/decoder.js'))) as typeof decoder;
const { sniff } = (await import(built('media/sniff.js'))) as typeof sniffing;
const canary = await startCanary();
const room = await TrialRoom.open({ Decoder, sniff }, 1);
try {
  const lines = [...(await generated()), ...(await collected())];
  const rows = [['Kind', 'Files', 'Outcome', 'Slowest ms', 'Peak MB'], ...lines.map(rowOf)];
  printTable(rows);
  if (process.argv.includes('--write')) writeFileSync(page, pageOf(lines));
  const trials = lines.flatMap((line) => line.trials);
  const harmful = trials.filter(isOurFault);
  for (const { file, outcome, detail } of harmful) console.log(`harm: ${file}: ${outcome} ${detail}`);
  printResult(
    'bad-files',
    { harmful: harmful.length / trials.length },
    {
      kinds: lines.length,
      files: trials.length,
      slowestMs: Math.max(...trials.map(({ ms }) => ms)),
      peakMB: Math.max(...trials.map(({ peakBytes }) => peakBytes)) / 1e6,
      canaryHits: canary.hits(),
    },
  );
  if (harmful.length > 0 || canary.hits() > 0) process.exitCode = 1;
} finally {
  await room.close();
  await canary.close();
}

async function generated(): Promise<Line[]> {
  const clip = await encodeClip(1, 0);
  const lines: Line[] = [];
  for (const { family, kinds } of badFamilies) {
    for (const { kind, door, make } of kinds) {
      const files = Object.entries(await make({ clip, canary: canary.url }));
      const trials = await room.each(files, ([name, bytes]) => room.try(name, bytes, door));
      lines.push({ group: family, kind, trials });
    }
  }
  return lines;
}

/** Files of others, where they lie beside the repository. */
async function collected(): Promise<Line[]> {
  if (!existsSync(hostile)) {
    console.error('../shared/hostile is absent: only the generated kinds are tried.');
    return [];
  }
  const lines: Line[] = [];
  for (const entry of readdirSync(hostile, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const names = readdirSync(path.join(hostile, entry.name));
    const trials = await room.each(names, (name) =>
      room.tryAnywhere(name, readFileSync(path.join(hostile, entry.name, name))),
    );
    lines.push({ group: 'files that broke other decoders', kind: entry.name, trials });
  }
  return lines;
}

/** Outcomes by how often they came, the peak only where a process was needed. */
function rowOf({ kind, trials }: Line): string[] {
  const counts = new Map<string, number>();
  for (const { outcome } of trials) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const outcomes = [...counts].sort(([, a], [, b]) => b - a);
  const peak = Math.max(...trials.map(({ peakBytes }) => peakBytes));
  return [
    kind,
    String(trials.length),
    outcomes.map(([outcome, count]) => (counts.size > 1 ? `${outcome} × ${count}` : outcome)).join(', '),
    String(Math.max(...trials.map(({ ms }) => ms))),
    peak > 0 ? (peak / 1e6).toFixed(0) : '–',
  ];
}

function pageOf(lines: Line[]): string {
  const trials = lines.flatMap((line) => line.trials);
  const groups = [...new Set(lines.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const rows = lines.filter((line) => line.group === group).map(rowOf);
    const name = group === 'files that broke other decoders' ? 'Folder' : 'Kind';
    const heading = group[0].toUpperCase() + group.slice(1);
    return `## ${heading}\n\n${markdownTable([[name, 'Files', 'Outcome', 'Slowest ms', 'Peak MB'], ...rows])}`;
  });
  const slowest = trials.reduce((a, b) => (a.ms > b.ms ? a : b));
  const largest = trials.reduce((a, b) => (a.peakBytes > b.peakBytes ? a : b));
  return `# Bad files

Written by \`npm run -s bench -- bad-files --write\` from a real run; \`npm test -- --integration bad-files\` holds it to the same. Each file is sent to the category it pretends to belong in: its type is told by content, as at the upload door, and what passes is decoded in a process of its own kind. The generators are in \`test/fixtures/bad-files\`, one module a family; the folders of the last table lie beside the repository on some machines, and are no part of it.

${lines.length} kinds, ${trials.length} files: ${trials.filter(isOurFault).length} crashes, hangs or internal errors; ${canary.hits()} requests to the address that files name. The slowest took ${slowest.ms} ms (${slowest.file}), the largest process ${(largest.peakBytes / 1e6).toFixed(0)} MB (${largest.file}). Times include the start of a process for each video, and vary with the machine; a dash says that no process was needed.

${tables.join('\n\n')}
`;
}
