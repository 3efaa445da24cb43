import { isStorageFault, StoredFileLost } from '../storage/errors.js';
import { DecodeError, type DecodeErrorCode } from './decoder/decoder.js';

/** A file that fails, or kills its decoder, this often is given up. */
export const maxAttempts = 3;

const notTheFilesFault = new Set<DecodeErrorCode>([
  'MEDIA.DISK_FULL',
  'MEDIA.DECODER_UNAVAILABLE',
  'MEDIA.DECODER_CLOSED',
]);

export function codeOf(error: unknown): string {
  if (error instanceof StoredFileLost) return `MEDIA.ORIGINAL_${error.how.toUpperCase()}`;
  return error instanceof DecodeError || isStorageFault(error) ? error.code : 'MEDIA.INTERNAL';
}

/** A store in trouble, a decoder that can't start, or a worker that is told to stop: such an attempt doesn't count. */
function saysNothingOfTheFile(error: unknown): boolean {
  return error instanceof DecodeError ? notTheFilesFault.has(error.code) : isStorageFault(error);
}

/** What an attempt that failed comes to: whether it counts against the file, and whether the file is given up. */
export function verdictOf(error: unknown, attempts: number, signal: AbortSignal) {
  const blameless = signal.aborted || saysNothingOfTheFile(error);
  const again = !(error instanceof DecodeError) || error.retryable;
  return { code: codeOf(error), blameless, givenUp: !blameless && (!again || attempts >= maxAttempts) };
}
