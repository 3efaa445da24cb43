import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';

// The bundle out of its zip, and hashes over what is in it.

export const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** JSON with keys in code-point order and no white space: equal values give equal bytes. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/** Files of a zip, by name. */
export function unzip(bytes) {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('不是 zip 文件 · not a zip file');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString('utf8', at + 46, at + 46 + lengths[0]);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + packed);
    files.set(name, method === 0 ? data : inflateRawSync(data));
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return files;
}

/** Parsed: { contest, categories, rounds, works, tasks, sheets, audit, results, lines: by result }. */
export function readBundle(files) {
  const bytes = (name) => {
    if (!files.has(name)) throw new Error(`${name}：缺失 · missing`);
    return files.get(name);
  };
  const json = (name, text, number) => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`${name}:${number}：不是 JSON · not JSON`);
    }
  };
  // Line by line: a log of a large contest is longer than a string can be.
  const lines = (name) => {
    const all = bytes(name);
    const parsed = [];
    for (let from = 0; from < all.length;) {
      const feed = all.indexOf(10, from);
      const to = feed < 0 ? all.length : feed;
      const text = all.toString('utf8', from, to);
      from = to + 1;
      if (text.trim() !== '') parsed.push(json(name, text, parsed.length + 1));
    }
    return parsed;
  };
  const list = Object.fromEntries(
    ['rounds', 'works', 'tasks', 'sheets', 'audit', 'results'].map((name) => [name, lines(`${name}.ndjson`)]),
  );
  return {
    ...json('contest.json', bytes('contest.json').toString('utf8'), 1),
    ...list,
    lines: Object.fromEntries(list.results.map(({ id }) => [id, lines(`results/${id}.ndjson`)])),
  };
}

export const GENESIS = '0'.repeat(64);
