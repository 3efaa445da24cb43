import type { Readable } from 'node:stream';

/** Bytes of a stored file from `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface StoredBytes {
  /** Whoever asked has to read it to its end, or to destroy it. */
  stream: Readable;
  /** Of the whole file, however much of it was asked for. */
  bytes: number;
}

/**
 * Finished files under their keys, each whole or absent. Two implementations: a folder (disk-store.ts) and a
 * bucket (s3-store.ts).
 *
 * Everything rejects with a storage fault (errors.ts) where the store itself is in trouble, and with
 * StoredFileLost where it has nothing under a key that is read.
 */
export interface Store {
  /** Makes ready what has to be there. One that doesn't answer now may answer later. */
  open(): Promise<void>;
  /** Rejects unless files can be read and written. */
  check(): Promise<void>;
  /**
   * Does ahead of `take` what takes long, so that a transaction need not wait for it. The file stays at its
   * path. What nobody takes then is an original without a row.
   */
  stage(file: string, key: string): Promise<void>;
  /** The finished, synced file at a local path becomes the key's. It may be gone from its path then. */
  take(file: string, key: string): Promise<void>;
  read(key: string, range?: ByteRange): Promise<StoredBytes>;
  /** Bytes of a file; null where there is none. */
  size(key: string): Promise<number | null>;
  /** A local path of an original, for a decoder: its own, or that of a verified copy in `folder`. */
  original(sha256: string, folder: string, signal?: AbortSignal): Promise<string>;
  remove(key: string): Promise<void>;
  /** Hashes of the originals that came in before then. */
  originalsBefore(then: Date): AsyncGenerator<string>;
  /** Keys of the renditions that came in before then. */
  renditionsBefore(then: Date): AsyncGenerator<string>;
  /** Ends what a killed process began to put in before then. */
  dropUnfinished(then: Date): Promise<void>;
  /** An address at which a browser may read a picture for a minute; null where it has to come through us. */
  link(key: string, mime: string): Promise<string | null>;
}

/** Originals are stored under the hash of their content, so equal files are stored once. */
export function originalKey(sha256: string): string {
  return `originals/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

/** What is derived stands under a key of its own. */
export function renditionKey(mediaId: string, fileName: string): string {
  return `renditions/${mediaId.slice(0, 2)}/${mediaId}/${fileName}`;
}

/** Whose rendition a key is of; null where it is none of ours. */
export function mediaOfRendition(key: string): string | null {
  const [, folder, mediaId] = /^renditions\/([0-9a-f]{2})\/([0-9a-f-]{36})\/[^/]+$/.exec(key) ?? [];
  return mediaId?.startsWith(folder) ? mediaId : null;
}
