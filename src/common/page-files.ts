import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Which scripts and styles the page at a path is made of, by what the build wrote down (web/build/page-files.ts); none
 * for a path that it doesn't know.
 */
export function pageFilesIn(root: string): (path: string) => string[] {
  const list = join(root, '.pages.json');
  if (!existsSync(list)) return () => [];
  const pages = Object.entries(JSON.parse(readFileSync(list, 'utf8')) as Record<string, string[]>).map(
    ([route, files]) => ({ pattern: patternOf(route), files: files.map((file) => `/${file}`) }),
  );
  return (path) => pages.find(({ pattern }) => pattern.test(path))?.files ?? [];
}

/** `/c/:slug/enter/:id?`, as the router reads it. */
function patternOf(route: string): RegExp {
  const parts = route.split('/').filter((part) => part !== '');
  const source = parts
    .map((part) => {
      if (!part.startsWith(':')) return `/${part}`;
      return part.endsWith('?') ? '(?:/[^/]+)?' : '/[^/]+';
    })
    .join('');
  return new RegExp(`^${source}/?$`);
}
