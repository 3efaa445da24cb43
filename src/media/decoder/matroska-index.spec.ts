import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkMatroska } from './matroska-index.js';

const folder = mkdtempSync(join(tmpdir(), 'dingge-matroska-'));
afterAll(() => rmSync(folder, { recursive: true }));

const check = (...parts: (string | Buffer)[]) => {
  const path = join(folder, 'file');
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part));
  writeFileSync(path, Buffer.concat(bytes));
  return () => checkMatroska(path);
};
const head = '1a45dfa380';
const openSegment = '1853806701ffffffffffffff';
/** 2⁴⁰ as an EBML number of eight bytes. */
const hugeSize = '0100010000000000';

describe('what a Matroska file claims', () => {
  it('may be sound, cut off within a cluster, or of unknown size', () => {
    expect(check(head, openSegment, '1549a96681', '00')).not.toThrow();
    expect(check(head, openSegment, '1f43b675', hugeSize, Buffer.alloc(100))).not.toThrow();
    expect(check(head, openSegment, '1f43b67501ffffffffffffff', Buffer.alloc(100))).not.toThrow();
    expect(check(head, '18538067', hugeSize, '1654ae6b', '10000064', Buffer.alloc(10))).not.toThrow();
  });

  it('may not be a text or an index larger than any is', () => {
    expect(check(head, openSegment, '4d80', hugeSize, Buffer.alloc(1000))).toThrow(/VIDEO_UNREADABLE/);
    expect(check(head, openSegment, '1c53bb6b', hugeSize)).toThrow(/VIDEO_UNREADABLE/);
  });

  it('is left to the demuxer where it is no Matroska, or damaged', () => {
    expect(check('000000186674797069736f6d')).not.toThrow();
    expect(check('')).not.toThrow();
    expect(check(head, openSegment, '00', Buffer.alloc(20, 255))).not.toThrow();
  });
});
