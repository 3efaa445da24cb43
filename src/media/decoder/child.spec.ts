import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DecoderChild } from './child.js';

const job = { input: 'in', mime: 'image/jpeg', outDir: '.', stem: 'one' };
const limits = { memoryBytes: 1e9, cpuSeconds: 60, niceness: 0 };

describe('a decoding process that ends by itself', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'dingge-child-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(script: string): Promise<unknown> {
    const entry = path.join(folder, 'entry.mjs');
    writeFileSync(entry, script);
    return new DecoderChild(entry, limits).run(job, { timeoutMs: 20_000 });
  }

  it('says nothing of the file when it never came to its job', async () => {
    const failed = run('throw new Error("libvips is not there")');
    await expect(failed).rejects.toMatchObject({ code: 'MEDIA.DECODER_UNAVAILABLE', retryable: true });
    await expect(failed).rejects.toThrow('libvips is not there');
  });

  it('crashed over the file when it had begun', async () => {
    const begun = `process.on('message', () => process.send({ type: 'begun' }, () => process.abort()));`;
    await expect(run(begun)).rejects.toMatchObject({ code: 'MEDIA.DECODER_CRASHED', retryable: true });
  });

  it('names an entry that is missing', () => {
    const start = () => new DecoderChild(path.join(folder, 'none.js'), limits);
    expect(start).toThrow('none.js is missing');
  });
});
