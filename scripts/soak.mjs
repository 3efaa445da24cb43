import './node-version.mjs';
import { build } from './build.mjs';
import { runNode } from './tools.mjs';

/**
 * `npm run soak`: long runs that show that nothing grows or gets stuck; `-- 300` scales the backlog down, as CI does.
 * The last line is `N passed, N failed, N skipped`.
 */
const [count = '5000'] = process.argv.slice(2);
await build({ server: true });
const code = await runNode('test/soak/backlog.ts', [count]);
console.log(code === 0 ? '1 passed, 0 failed, 0 skipped' : '0 passed, 1 failed, 0 skipped');
process.exitCode = code;
