import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageFilesIn } from './page-files.js';

describe('pageFilesIn', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dingge-pages-'));
  const routes = { '/': ['a'], '/c/:slug': ['b'], '/c/:slug/enter/:id?': ['c', 'c.css'], '/r/:token': ['d'] };
  writeFileSync(join(folder, '.pages.json'), JSON.stringify(routes));
  const filesOf = pageFilesIn(folder);
  rmSync(folder, { recursive: true });

  it('reads paths as the router does', () => {
    expect(filesOf('/')).toEqual(['/a']);
    expect(filesOf('/c/tianyuan-2019')).toEqual(['/b']);
    expect(filesOf('/c/tianyuan-2019/')).toEqual(['/b']);
    for (const path of ['/c/x/enter', '/c/x/enter/1234']) expect(filesOf(path)).toEqual(['/c', '/c.css']);
    expect(filesOf('/r/AAAA')).toEqual(['/d']);
  });

  it('knows nothing of other paths, and of a build without a list', () => {
    for (const path of ['/c', '/c/x/enter/1/2', '/judge', '/r/']) expect(filesOf(path)).toEqual([]);
    expect(pageFilesIn(folder)('/')).toEqual([]);
  });
});
