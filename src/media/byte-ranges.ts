import type { Request } from 'express';
import type { ByteRange } from '../storage/storage.service.js';

/** What of a file to answer with: all of it, a part, nothing because the browser has it, or a refusal. */
export type Share = 'whole' | 'unchanged' | 'unsatisfiable' | ByteRange;

/**
 * Reads the conditions of a request for a file of `bytes` bytes with a strong `etag` and no date (RFC 9110,
 * sections 13 and 14). Ranges that touch are one; several that don't are answered with the whole file, which
 * the RFC allows and no player asks for.
 */
export function shareOf(request: Request, etag: string, bytes: number): Share {
  const { 'if-none-match': noneMatch, 'if-range': ifRange } = request.headers;
  if (noneMatch !== undefined && matches(noneMatch, etag)) return 'unchanged';
  if (request.method !== 'GET' || request.headers.range === undefined) return 'whole';
  // What the client holds a part of is another file by now, or is named by a date, which we never gave.
  if (ifRange !== undefined && ifRange !== etag) return 'whole';
  const ranges = request.range(bytes, { combine: true });
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return 'whole';
  return { start: ranges[0].start, end: ranges[0].end };
}

function matches(header: string, etag: string): boolean {
  return header.split(',').some((part) => ['*', etag, `W/${etag}`].includes(part.trim()));
}
