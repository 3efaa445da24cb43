/**
 * Every reason for which a file is not decoded. `retryable` means that the same bytes may well decode at
 * another time (the machine was full, busy or killed the process); the rest is the file's own fault and trying
 * again only costs time. Whoever retries must still bound the tries: a file can crash its decoder every time.
 */
export const decodeErrorCodes = {
  'MEDIA.UNREADABLE': { retryable: false },
  'MEDIA.TRUNCATED': { retryable: false },
  'MEDIA.TOO_MANY_PIXELS': { retryable: false },
  'MEDIA.HEIC_UNSUPPORTED': { retryable: false },
  'MEDIA.UNSUPPORTED_CODEC': { retryable: false },
  'MEDIA.VIDEO_UNREADABLE': { retryable: false },
  'MEDIA.TOO_LONG': { retryable: false },
  'MEDIA.TOO_LARGE_FOR_MEMORY': { retryable: false },
  'MEDIA.TIMEOUT': { retryable: true },
  'MEDIA.DECODER_CRASHED': { retryable: true },
  'MEDIA.DISK_FULL': { retryable: true },
  'MEDIA.INPUT_MISSING': { retryable: true },
  'MEDIA.DECODER_UNAVAILABLE': { retryable: true },
  'MEDIA.DECODER_CLOSED': { retryable: true },
} as const;

export type DecodeErrorCode = keyof typeof decodeErrorCodes;

export const isDecodeErrorCode = (code: string): code is DecodeErrorCode =>
  Object.hasOwn(decodeErrorCodes, code);

/** A file could not be decoded. `detail` is for the log, in English, never for the entrant. */
export class DecodeError extends Error {
  readonly retryable: boolean;

  constructor(
    readonly code: DecodeErrorCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'DecodeError';
    this.retryable = decodeErrorCodes[code].retryable;
  }
}
