import './node-version.mjs';
import './threads.mjs';
import { build, forget } from './build.mjs';
import { TOOLS, runNode } from './tools.mjs';

/** `npm start`, and with --dev `npm run dev`: both halves are rebuilt and reloaded at each change. */
if (process.argv.includes('--dev')) {
  forget('server');
  // Either of them, or a signal to us, ends both; we stay until they are gone.
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end.abort());
  const { signal } = end;
  // Through a shell, the signal would end the shell and leave the server behind.
  const server = runNode(TOOLS.nest, ['start', '--watch', '--no-shell'], { signal });
  const tools = [server, runNode(TOOLS.vite, [], { signal })];
  await Promise.race(tools);
  end.abort();
  await Promise.all(tools);
  process.exit(1);
}

try {
  await build({ server: true, web: true });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// In this process: there is one to watch, one to stop, and one that npm passes signals on to.
await import('../dist/main.js');
