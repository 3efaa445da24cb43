import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** The routes whose pages are opened on phones, straight from a link; and a judge's room, which is to open at once. */
const routesFiles = ['entrant/routes.ts', 'judge/routes.ts'];

/**
 * Writes `.pages.json`: for each of these routes which scripts and styles its page is made of. The server names
 * them in the head of the page (src/common/page-files.ts), so that a browser asks for all of them at once instead of one
 * round trip after the other. The entry's own are in the page already.
 */
export function pageFiles(): Plugin {
  let root = '';
  return {
    name: 'dingge-page-files',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async writeBundle({ dir }, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const files: Record<string, string[]> = {};
      for (const routesFile of routesFiles) {
        const source = await readFile(join(root, routesFile), 'utf8');
        for (const { path, page } of lazyRoutes(source)) {
          const module = resolve(root, dirname(routesFile), page);
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === module);
          if (!chunk) throw new Error(`No chunk is made of ${module}, which ${routesFile} names.`);
          files[path] = closure(bundle, chunk);
        }
      }
      await writeFile(join(dir!, '.pages.json'), JSON.stringify(files));
    },
  };
}

function lazyRoutes(source: string): { path: string; page: string }[] {
  return [...source.matchAll(/path: '([^']+)'[^}]*?import\('([^']+)'\)/g)].map(
    ([, path = '', page = '']) => ({
      path,
      page,
    }),
  );
}

/** A chunk, all that it imports, and their styles; without what the entry loads anyway. */
function closure(bundle: Rolldown.OutputBundle, from: Rolldown.OutputChunk): string[] {
  const names = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk) => {
    if (chunk.isEntry || names.has(chunk.fileName)) return;
    names.add(chunk.fileName);
    for (const style of stylesOf(chunk)) names.add(style);
    for (const name of chunk.imports) {
      const imported = bundle[name];
      if (imported?.type === 'chunk') add(imported);
    }
  };
  add(from);
  return [...names];
}

function stylesOf(chunk: Rolldown.OutputChunk): Iterable<string> {
  return (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? [];
}
