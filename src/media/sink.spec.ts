import { afterAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, Sink } from './sink.js';

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

describe('writing in the thread', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dingge-sink-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives each of many files at once its own bytes and their SHA-256', async () => {
    await Promise.all(
      [1, 65_536, 300_001].map(async (bytes, index) => {
        const path = join(folder, String(index));
        const content = Buffer.alloc(bytes * 3, `${index} and other bytes`);
        const sink = new Sink(path);
        for (let part = 0; part < 3; part++) {
          const from = content.subarray(part * bytes, (part + 1) * bytes);
          // One piece of memory that is all its own, and one that it shares with others.
          const half = Math.floor(bytes / 2);
          const whole = Buffer.from(Uint8Array.from(from.subarray(0, half)).buffer);
          await sink.write([whole, from.subarray(half)]);
        }
        expect(await sink.finish()).toBe(sha256(content));
        expect(readFileSync(path).equals(content)).toBe(true);
      }),
    );
  });

  it('leaves memory that others see too as it was', async () => {
    const shared = Buffer.from('the first half|the second half');
    const sink = new Sink(join(folder, 'shared'));
    await sink.write([shared.subarray(0, 15)]);
    expect(await sink.finish()).toBe(sha256(Buffer.from('the first half|')));
    expect(shared.toString()).toBe('the first half|the second half');
  });

  it('says with the system’s code what went wrong, and goes on', async () => {
    const bytes = () => [Buffer.from('x')];
    await expect(new Sink(join(folder, 'no', 'folder')).write(bytes())).rejects.toMatchObject({
      code: 'ENOENT',
    });
    const sink = new Sink(join(folder, 'again'));
    await sink.write(bytes());
    await expect(new Sink(join(folder, 'again')).write(bytes())).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await sink.finish()).toBe(sha256(Buffer.from('x')));
    await sink.abandon();
    await expect(sink.finish()).rejects.toThrow();
  });

  it('goes on with a file, and knows its hash as long as nobody else wrote to it', async () => {
    const path = join(folder, 'pieces');
    const pieces = ['one|', 'two|', 'three|'].map((text) => Buffer.from(text));
    const write = async (from: number, content: Buffer) => {
      const sink = new Sink(path, from);
      await sink.write([Buffer.from(content)]);
      return sink.finish();
    };
    expect(await write(0, pieces[0])).toBe(sha256(pieces[0]));
    expect(await write(4, pieces[1])).toBe(sha256(Buffer.concat(pieces.slice(0, 2))));
    appendFileSync(path, 'another process|');
    expect(await write(24, pieces[2])).toBeUndefined();
    const whole = Buffer.from('one|two|another process|three|');
    expect(readFileSync(path).equals(whole)).toBe(true);
    expect(await hashOf(path)).toBe(sha256(whole));
    await expect(hashOf(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
