import './node-version.mjs';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ROOT } from './tools.mjs';

/** `run-cli.mjs NAME [args]`: runs the exported `main(args)` of src/cli/NAME.ts, or src/cli/NAME/index.ts. */
const FOLDER = path.join(ROOT, 'dist', 'cli');
const [name = '', ...args] = process.argv.slice(2);

try {
  await build({ server: true, quiet: true });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const main = await mainOf(name);
if (!main) {
  const names = [];
  for (const entry of readdirSync(FOLDER)) {
    const candidate = entry.replace(/\.js$/, '');
    if (await mainOf(candidate)) names.push(candidate);
  }
  console.error(
    `${name ? `There is no command "${name}".` : 'Name a command.'} Commands: ${names.join(', ')}`,
  );
  process.exit(1);
}

// A command answers with its exit code; a rejection ends with 1 and its stack, as Node does it.
process.exitCode = await main(args);

async function mainOf(candidate) {
  if (!/^[a-z][a-z-]*$/.test(candidate)) return undefined;
  const file = [`${candidate}.js`, path.join(candidate, 'index.js')]
    .map((relative) => path.join(FOLDER, relative))
    .find((absolute) => existsSync(absolute));
  return file && (await import(pathToFileURL(file))).main;
}
