import { DecodeError, type DecodeErrorCode } from './errors.js';

/** What libvips, its loaders and Node say, and which reason that is. The first match counts. */
const reasons: ReadonlyArray<readonly [RegExp, DecodeErrorCode]> = [
  // libheif calls its refusals of absurd headers allocation errors.
  [/security limit exceeded/i, 'MEDIA.UNREADABLE'],
  [
    /exceeds pixel limit|pixel limit exceeded|image size exceeds|dimensions? (are|is) too large/i,
    'MEDIA.TOO_MANY_PIXELS',
  ],
  // A thread that cannot be created had no room for its stack.
  [
    /(out of|insufficient) memory|(cannot|unable to|failed to) allocate|memory allocation|bad_alloc|allocation failed|error creating thread/i,
    'MEDIA.TOO_LARGE_FOR_MEMORY',
  ],
  // Or read-only: like a full one, such a disk says nothing of the file.
  [/no space left|ENOSPC|EDQUOT|disk quota|read-only file ?system|EROFS/i, 'MEDIA.DISK_FULL'],
  [/input file is missing|ENOENT/i, 'MEDIA.INPUT_MISSING'],
  [
    /premature end|truncat|end of (file|input|stream|data)|not enough data|unexpected end|read error|unable to read|short read|incomplete/i,
    'MEDIA.TRUNCATED',
  ],
];

/** The reason in a message of a decoder, or `fallback` where it names none of those known. */
export function reasonIn(message: string, fallback: DecodeErrorCode): DecodeErrorCode {
  return reasons.find(([pattern]) => pattern.test(message))?.[1] ?? fallback;
}

/** Any error as a DecodeError; one that is already keeps its reason. */
export function asDecodeError(error: unknown, fallback: DecodeErrorCode): DecodeError {
  if (error instanceof DecodeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DecodeError(reasonIn(message, fallback), firstLine(message));
}

/** Bounded, so that a file cannot fill the log through its error message. */
const firstLine = (message: string): string => message.split('\n', 1)[0]?.slice(0, 300) ?? '';
