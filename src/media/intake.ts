import type { Readable } from 'node:stream';
import type { Problem } from '../common/problem.js';
import { cleanText } from '../common/validation.js';
import { diskFault } from '../storage/errors.js';
import type { StorageService } from '../storage/storage.service.js';
import { mediaProblem } from './errors.js';
import { pour } from './pour.js';
import { hashOf, Sink } from './sink.js';
import { isPlainlyNot, sniff } from './sniff.js';

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

/** So much of a file tells its type, nearly always. */
export const headBytes = 4100;

/**
 * The multipart door's way in: hashes while writing, stops at the first byte too many, and tells the type by
 * content. Leaves nothing behind when it throws.
 */
export async function receive(
  stream: Readable,
  name: string,
  rules: IntakeRules,
  storage: StorageService,
): Promise<ReceivedFile> {
  const path = storage.incomingPath();
  const sink = new Sink(path);
  let bytes = 0;
  let head = Buffer.alloc(0);
  try {
    await pour(stream, sink, {
      admit(chunk) {
        bytes += chunk.length;
        if (bytes > rules.maxBytes) throw tooLarge(rules.maxBytes);
        if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      },
    });
    const arrived = { path, name, bytes, head, sha256: () => sink.finish() };
    return await recognise(arrived, rules.kind);
  } catch (error) {
    await sink.abandon();
    await storage.drop(path);
    throw diskFault(error) ?? error;
  }
}

/** All bytes of a file, at a path, before anybody has looked at what they are. */
export interface ArrivedFile {
  path: string;
  /** As the client gave it. */
  name: string;
  bytes: number;
  /** The first `headBytes`, or all. */
  head: Buffer;
  sha256(): Promise<string | undefined>;
}

/** Where both upload doors end: refuses what is not of the kind, and makes of the rest what may be taken in. */
export async function recognise(file: ArrivedFile, kind: IntakeRules['kind']): Promise<ReceivedFile> {
  const { path, bytes, head } = file;
  const originalName = cleanName(file.name);
  if (bytes === 0) throw mediaProblem('MEDIA.EMPTY', { name: originalName });
  // Some types are told by what lies far behind the head.
  const type = (await sniff(head)) ?? (await sniff(path));
  if (type?.kind !== kind) throw wrongType(originalName, kind);
  const sha256 = (await file.sha256()) ?? (await hashOf(path));
  return { path, originalName, bytes, sha256, mime: type.mime, kind: type.kind };
}

/** Before the rest has arrived: refuses what its first `headBytes` already show to be of another kind. */
export async function refuseByHead(head: Buffer, name: string, kind: IntakeRules['kind']): Promise<void> {
  if (await isPlainlyNot(kind, head)) throw wrongType(cleanName(name), kind);
}

export function tooLarge(maxBytes: number): Problem {
  return mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(maxBytes / 1e6) });
}

function wrongType(name: string, kind: IntakeRules['kind']): Problem {
  return mediaProblem('MEDIA.WRONG_TYPE', { name, kind: kind === 'image' ? '照片' : '视频' });
}

/** The name that a client gave, as it is shown to its owner: one line, no path, at most 120 characters. */
export function cleanName(name: string): string {
  const last = cleanText(name.slice(0, 2000)).split(/[/\\]/).pop() ?? '';
  const flat = last.replace(/\s+/gu, ' ').trim();
  return Array.from(flat).slice(0, 120).join('') || '未命名';
}
