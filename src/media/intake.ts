import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { cleanText } from '../common/validation.js';
import type { StorageService } from '../storage/storage.service.js';
import { mediaProblem } from './errors.js';
import { sniff } from './sniff.js';

/** An upload that arrived whole and lies, synced, at a temporary path. Nothing counts before it has a row. */
export interface ReceivedFile {
  path: string;
  originalName: string;
  bytes: number;
  sha256: string;
  mime: string;
  kind: 'image' | 'video';
}

export interface IntakeRules {
  kind: 'image' | 'video';
  /** The first byte beyond this ends the upload. */
  maxBytes: number;
}

/**
 * Both upload doors end here: hashes while it writes, stops at the first byte too many, syncs, and tells
 * the type by content. Leaves nothing behind when it throws.
 */
export async function receive(
  stream: Readable,
  name: string,
  rules: IntakeRules,
  storage: StorageService,
): Promise<ReceivedFile> {
  const originalName = cleanName(name);
  const path = storage.incomingPath();
  const file = await open(path, 'wx');
  try {
    const { bytes, sha256 } = await write(stream, file, rules.maxBytes);
    if (bytes === 0) throw mediaProblem('MEDIA.EMPTY', { name: originalName });
    await file.sync();
    const type = await sniff(path);
    if (type?.kind !== rules.kind) throw wrongType(originalName, rules.kind);
    await file.close();
    return { path, originalName, bytes, sha256, mime: type.mime, kind: type.kind };
  } catch (error) {
    await file.close();
    await storage.drop(path);
    throw error;
  }
}

async function write(stream: Readable, file: FileHandle, maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  // When this throws, the door still has to read on to answer: the stream is not ours to destroy.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(maxBytes / 1e6) });
    hash.update(chunk);
    await file.write(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function wrongType(name: string, kind: IntakeRules['kind']) {
  return mediaProblem('MEDIA.WRONG_TYPE', { name, kind: kind === 'image' ? '照片' : '视频' });
}

/** The name that a client gave, as it is shown to its owner: one line, no path, at most 120 characters. */
export function cleanName(name: string): string {
  const last = cleanText(name.slice(0, 2000)).split(/[/\\]/).pop() ?? '';
  const flat = last.replace(/\s+/gu, ' ').trim();
  return Array.from(flat).slice(0, 120).join('') || '未命名';
}
