import { fitName } from '../common/file-names.js';

export interface NamedFile {
  id: string;
  /** From 0. */
  position: number;
  live: boolean;
  originalName: string;
}

/** Where a file lies in the archive. One that was taken out of its work may share a place with another. */
export function pathInArchive(
  work: { id: string; number: string | null },
  { id, position, live, originalName }: NamedFile,
): string {
  const folder = work.number ?? `draft-${work.id.slice(0, 8)}`;
  const name = fitName(originalName);
  return live
    ? `files/${folder}/${position + 1}-${name}`
    : `files/${folder}/removed/${id.slice(0, 8)}-${name}`;
}
