import { spawn } from 'node:child_process';
import path from 'node:path';

/** Top folder of the project. */
export const ROOT = path.resolve(import.meta.dirname, '..');

/** Entry files of the command line tools, so that each runs on this very Node whatever the PATH says. */
export const TOOLS = {
  nest: 'node_modules/@nestjs/cli/bin/nest.js',
  vite: 'node_modules/vite/bin/vite.js',
  jest: 'node_modules/jest/bin/jest.js',
  playwright: 'node_modules/@playwright/test/cli.js',
};

/**
 * Runs a JavaScript file on this Node to its end.
 * @param {string} file relative to the project
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions, signal?: AbortSignal }} [options]
 *   `signal` ends it with SIGTERM
 * @returns {Promise<number>} its exit code; 1 if a signal ended it
 */
export function runNode(file, args, { env = {}, stdio = 'inherit', signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, file), ...args], {
      cwd: ROOT,
      stdio,
      signal,
      env: { ...process.env, ...env },
    });
    child.once('error', (error) => error.name !== 'AbortError' && reject(error));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
