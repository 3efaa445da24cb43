import type { FileIdentity } from './match';

const EDGE_BYTES = 256 * 1024;

/**
 * SHA-256, in hex, over a file's size and its first and last 256 kB: a film of a gigabyte is known again at once.
 * Null without HTTPS, where browsers don't hash. Rejects if the file cannot be read.
 */
export async function markOf(file: Blob): Promise<string | null> {
  const edges = new Blob([
    `${file.size}\n`,
    file.slice(0, EDGE_BYTES),
    file.slice(Math.max(EDGE_BYTES, file.size - EDGE_BYTES)),
  ]);
  const bytes = await edges.arrayBuffer();
  // Missing without HTTPS, whatever the types say.
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function identityOf(file: File): Promise<FileIdentity & { file: File }> {
  // One that cannot be read is found out when it is sent.
  const mark = await markOf(file).catch(() => null);
  return { file, name: file.name, bytes: file.size, mark, lastModified: file.lastModified };
}
