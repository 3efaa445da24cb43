import { readFile } from 'node:fs/promises';

/** In the order in which they need each other. */
const parts = ['archive', 'numbers', 'severity', 'ranking', 'prizes', 'record', 'result', 'verify'];

const title = `#!/usr/bin/env node
// 复核一场比赛的结果 · Checks the results of a contest.
//
//   node verify.mjs bundle.zip --head <公示上的审计链哈希 · the audit hash printed on the notice>
//
// One file, no dependencies, Node 20 or later. Written from the rules as they are published (docs/results.md,
// docs/verify.md) and apart from the program that made the results: it shares no code with it.
`;

/** verify.mjs, as a stranger reads and runs it: the parts of the verifier as one file. */
export async function verifierFile(): Promise<string> {
  const texts = await Promise.all(
    parts.map((part) => readFile(new URL(`./verifier/${part}.mjs`, import.meta.url), 'utf8')),
  );
  const whole = texts.join('\n');
  const imports = new Set(whole.match(/^import \{[^}]*\} from 'node:[^']+';\n/gm));
  return (
    title + [...imports].sort().join('') + '\n' + whole.replace(/^import \{[^}]*\} from '[^']+';\n/gm, '')
  );
}
