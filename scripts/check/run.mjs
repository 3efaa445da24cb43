import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { build } from '../build.mjs';
import { ROOT } from '../tools.mjs';

/**
 * Runs a program in the project's folder and keeps what it says.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} `code` is 1 if a signal ended it
 */
export async function capture(program, args) {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

/** As {@link capture}, for a JavaScript file of the project, on this very Node. */
export function captureNode(file, args) {
  return capture(process.execPath, [path.join(ROOT, file), ...args]);
}

/** As {@link capture}, for the `main` of src/cli/NAME.ts, whose number is the exit code. */
export async function captureMain(name) {
  await serverBuilt();
  const url = pathToFileURL(path.join(ROOT, 'dist', 'cli', `${name}.js`)).href;
  const program = `import { main } from ${JSON.stringify(url)}; process.exitCode = await main([]);`;
  return capture(process.execPath, ['--input-type=module', '--eval', program]);
}

/** The findings of a tool that says something only when it has something to say. */
export function findingsOf({ code, stdout, stderr }) {
  const said = `${stdout}${stderr}`.trim();
  return code === 0 ? [] : [said || `Ended with code ${code}, without a word.`];
}

let built;

/** Checks run beside each other, and one build is enough for all. */
function serverBuilt() {
  built ??= build({ server: true, quiet: true });
  return built;
}
