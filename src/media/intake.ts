import type { Readable } from 'node:stream';
import { cleanText } from '../common/validation.js';
import { diskFault } from '../storage/errors.js';
import type { StorageService } from '../storage/storage.service.js';
import { mediaProblem } from './errors.js';
import { Sink } from './sink.js';
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
 * Both upload doors end here: hashes while writing, stops at the first byte too many, and tells the type by
 * content. Leaves nothing behind when it throws.
 */
export async function receive(
  stream: Readable,
  name: string,
  rules: IntakeRules,
  storage: StorageService,
): Promise<ReceivedFile> {
  const originalName = cleanName(name);
  const path = storage.incomingPath();
  const sink = new Sink(path);
  try {
    const { bytes, head } = await write(stream, sink, rules.maxBytes);
    if (bytes === 0) throw mediaProblem('MEDIA.EMPTY', { name: originalName });
    // Some types are told by what lies far behind the head.
    const type = (await sniff(head)) ?? (await sniff(path));
    if (type?.kind !== rules.kind) throw wrongType(originalName, rules.kind);
    const sha256 = await sink.finish();
    return { path, originalName, bytes, sha256, mime: type.mime, kind: type.kind };
  } catch (error) {
    await sink.abandon();
    await storage.drop(path);
    throw diskFault(error) ?? error;
  }
}

/** So much is gathered before it is handed on: each message to the thread costs as much as a few kilobytes. */
const gatherBytes = 512 * 1024;
/** So much of a file tells its type, nearly always. */
const headBytes = 4100;

/** Writes while the next bytes arrive; of each upload at most twice `gatherBytes` is in memory. */
async function write(
  stream: Readable,
  sink: Sink,
  maxBytes: number,
): Promise<{ bytes: number; head: Buffer }> {
  let bytes = 0;
  let head = Buffer.alloc(0);
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = () => {
    writing = sink.write(gathered);
    // Awaited below, or with the next one: until then a failure has nobody who listens.
    writing.catch(() => undefined);
    gathered = [];
    gatheredBytes = 0;
  };
  // When this throws, the door still has to read on to answer: the stream is not ours to destroy.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(maxBytes / 1e6) });
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
    gathered.push(chunk);
    gatheredBytes += chunk.length;
    if (gatheredBytes < gatherBytes) continue;
    await writing;
    flush();
  }
  await writing;
  if (gatheredBytes > 0) await sink.write(gathered);
  return { bytes, head };
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
