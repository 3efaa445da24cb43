import { fitName } from '../common/file-names.js';

export interface NamedFile {
  id: string;
  /** From 0. */
  position: number;
  live: boolean;
  /** The judged file that a winner handed it in for. */
  betterThan?: string | null;
  originalName: string;
}

/** Where a file lies in the archive. One that was taken out of its work may share a place with another. */
export function pathInArchive(
  work: { id: string; number: string | null },
  { id, position, live, betterThan, originalName }: NamedFile,
): string {
  const folder = work.number ?? `draft-${work.id.slice(0, 8)}`;
  const name = fitName(originalName);
  if (live) return `files/${folder}/${position + 1}-${name}`;
  return `files/${folder}/${betterThan ? 'better' : 'removed'}/${id.slice(0, 8)}-${name}`;
}
