import { captureNode, findingsOf } from './run.mjs';

/** The checks that are one tool each; their rules stand in the tools' own configuration. */

export const serverTypes = () => tool('typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']);

export const webTypes = () => tool('vue-tsc/bin/vue-tsc.js', ['-p', 'web/tsconfig.json', '--noEmit']);

export const lint = () => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']);

export const formatting = () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);

export const imports = () =>
  tool('dependency-cruiser/bin/dependency-cruiser.mjs', [
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err-long',
    'src',
    'web',
    'test',
    'scripts',
    'vite.config.ts',
  ]);

async function tool(file, args) {
  return { findings: findingsOf(await captureNode(`node_modules/${file}`, args)) };
}
