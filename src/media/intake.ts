import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { cleanText } from '../common/validation.js';
import type { StorageService } from '../storage/storage.service.js';
import { mediaProblem } from './errors.js';
import { hashFile } from './hashing.js';
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
 * Both upload doors end here: stops at the first byte too many, hashes what lies in the file while it is synced,
 * and tells the type by content. Leaves nothing behind when it throws.
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
    const bytes = await write(stream, file, rules.maxBytes);
    if (bytes === 0) throw mediaProblem('MEDIA.EMPTY', { name: originalName });
    const [sha256] = await Promise.all([hashFile(path), file.sync()]);
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

/** So much is gathered before it is written, as one call: each call costs as much as a hundred kilobytes. */
const gatherBytes = 512 * 1024;

/** Writes while the next bytes arrive; of each upload at most twice `gatherBytes` is in memory. */
async function write(stream: Readable, file: FileHandle, maxBytes: number): Promise<number> {
  let bytes = 0;
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  let writing: Promise<unknown> = Promise.resolve();
  try {
    // When this throws, the door still has to read on to answer: the stream is not ours to destroy.
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(maxBytes / 1e6) });
      gathered.push(chunk);
      gatheredBytes += chunk.length;
      if (gatheredBytes < gatherBytes) continue;
      await writing;
      writing = writeAll(file, gathered);
      // Awaited below, or with the next one: until then a failure has nobody who listens.
      writing.catch(() => undefined);
      gathered = [];
      gatheredBytes = 0;
    }
    await writing;
    await writeAll(file, gathered);
  } finally {
    await writing.catch(() => undefined);
  }
  return bytes;
}

/** A full disk may take a part only: then the rest is tried, and says why. */
async function writeAll(file: FileHandle, chunks: Buffer[]): Promise<void> {
  if (chunks.length === 0) return;
  const wanted = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bytesWritten } = await file.writev(chunks);
  if (bytesWritten === wanted) return;
  const rest = Buffer.concat(chunks).subarray(bytesWritten);
  for (let done = 0; done < rest.length;) done += (await file.write(rest.subarray(done))).bytesWritten;
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
