import './node-version.mjs';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { TOOLS, runNode } from './tools.mjs';

/**
 * `npm test`: every suite. `--unit`, `--integration`, `--browser` choose among them; anything else is passed
 * on, to jest unless only --browser is chosen: `npm test -- --unit src/results -t ties`.
 * The last line is always `N passed, N failed, N skipped`.
 */
const SUITES = ['unit', 'integration', 'browser'];

const args = process.argv.slice(2);
const asked = SUITES.filter((suite) => args.includes(`--${suite}`));
const rest = args.filter((arg) => !SUITES.includes(arg.replace(/^--/, '')) || !arg.startsWith('--'));
const chosen = asked.length > 0 ? asked : rest.length > 0 ? ['unit', 'integration'] : SUITES;
/** By their names in jest.config.mjs: what a file store must do is asked of both kinds. */
const PROJECTS = { unit: ['unit'], integration: ['integration', 'integration on S3'], browser: [] };
const jestProjects = chosen.flatMap((suite) => PROJECTS[suite]);

const reports = mkdtempSync(path.join(tmpdir(), 'dingge-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

try {
  // Unit specs read src itself; the others start what was built.
  if (chosen.some((suite) => suite !== 'unit')) await build({ server: true, web: true });
  // One after the other: beside browsers, decoders get too little of two cores for files that have ten seconds each.
  if (jestProjects.length > 0) add(await jest());
  if (chosen.includes('browser')) add(await playwright());
} catch (error) {
  console.error(error.message);
  total.failed += 1;
} finally {
  rmSync(reports, { recursive: true });
}
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

async function jest() {
  const file = path.join(reports, 'jest.json');
  // --experimental-vm-modules: jest runs ES modules on it, and Node says at each start that it is experimental.
  const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  const code = await runNode(
    TOOLS.jest,
    ['--json', `--outputFile=${file}`, '--selectProjects', ...jestProjects, ...withPaths(rest)],
    // The report that --json also prints goes nowhere; what people read is on stderr.
    { env: { NODE_OPTIONS: nodeOptions.trim() }, stdio: ['inherit', 'ignore', 'inherit'] },
  );
  const report = readReport(file);
  return counted(code, {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

async function playwright() {
  const file = path.join(reports, 'playwright.json');
  const code = await runNode(
    TOOLS.playwright,
    ['test', '--reporter=list,json', ...(jestProjects.length > 0 ? [] : rest)],
    { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
  );
  const report = readReport(file);
  return counted(code, {
    passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0),
    failed: report?.stats.unexpected ?? 0,
    skipped: report?.stats.skipped ?? 0,
  });
}

/** --selectProjects takes every word up to the next option, so file patterns need one before them. */
function withPaths(words) {
  const firstOption = words.findIndex((word) => word.startsWith('-'));
  const patterns = firstOption === -1 ? words : words.slice(0, firstOption);
  const options = firstOption === -1 ? [] : words.slice(firstOption);
  return patterns.length > 0 ? ['--testPathPatterns', ...patterns, ...options] : options;
}

/** A run that broke before or after its tests (a global setup, a crash) counts as a failure of its own. */
function counted(code, counts) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function add(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}
