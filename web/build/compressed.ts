import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const texts = new Set(['.js', '.css', '.svg', '.json']);
/** Below this a file fits into one packet as it is. */
const worthBytes = 1400;

/**
 * Leaves `<name>.br` and `<name>.gz` beside each text that is built, for the server to hand out: as small as these
 * can be, once, instead of with every request. Browsers take brotli over HTTPS only.
 */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'dingge-compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      for (const name of names.filter((each) => texts.has(extname(each)))) {
        const content = await readFile(join(folder, name));
        if (content.length < worthBytes) continue;
        await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(content));
        await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
      }
    },
  };
}
