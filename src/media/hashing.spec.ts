import { afterAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFile } from './hashing.js';

describe('hashing in the thread', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dingge-hash-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives each of many files asked for at once its own SHA-256', async () => {
    const files = [0, 1, 262_144, 262_145, 1_000_000].map((bytes, index) => {
      const content = Buffer.alloc(bytes, index + 1);
      const path = join(folder, String(index));
      writeFileSync(path, content);
      return { path, sha256: createHash('sha256').update(content).digest('hex') };
    });
    expect(await Promise.all(files.map(({ path }) => hashFile(path)))).toEqual(
      files.map(({ sha256 }) => sha256),
    );
  });

  it('says so when a file is not there, and goes on', async () => {
    await expect(hashFile(join(folder, 'nothing'))).rejects.toThrow(/ENOENT/);
    expect(await hashFile(join(folder, '0'))).toMatch(/^e3b0c442/);
  });
});
