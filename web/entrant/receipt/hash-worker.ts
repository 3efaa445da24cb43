import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export type HashNews = { done: number } | { sha256: string } | { failed: true };

/** Little enough for an old phone's memory, enough that reading isn't what takes the time. */
const pieceBytes = 4 * 1024 * 1024;

/**
 * Hashes a file piece by piece. Not by crypto.subtle: that wants the whole file in memory at once, and is missing on
 * plain http, as in an office's own network.
 */
async function hash(file: File): Promise<string> {
  const state = sha256.create();
  for (let start = 0; start < file.size; start += pieceBytes) {
    const piece = await file.slice(start, start + pieceBytes).arrayBuffer();
    state.update(new Uint8Array(piece));
    tell({ done: Math.min(start + pieceBytes, file.size) });
  }
  return bytesToHex(state.digest());
}

function tell(news: HashNews): void {
  self.postMessage(news);
}

self.onmessage = ({ data }: MessageEvent<File>) => {
  hash(data).then(
    (found) => tell({ sha256: found }),
    () => tell({ failed: true }),
  );
};
