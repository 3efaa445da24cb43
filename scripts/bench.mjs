import './node-version.mjs';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { ROOT, runNode } from './tools.mjs';

/**
 * `npm run -s bench -- NAME`: runs test/bench/NAME.ts, which Node reads as it is and which measures the built
 * server in dist. Its last line on stdout is one JSON object, so everything else we say goes to stderr.
 */
const FOLDER = 'test/bench';
const [name, ...args] = process.argv.slice(2);
const names = readdirSync(path.join(ROOT, FOLDER))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

if (!name || !names.includes(name)) {
  console.error(
    `${name ? `There is no benchmark "${name}".` : 'Name a benchmark.'} Benchmarks: ${names.join(', ')}`,
  );
  process.exit(1);
}
try {
  await build({ server: true, web: true, quiet: true });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.exitCode = await runNode(`${FOLDER}/${name}.ts`, args);
