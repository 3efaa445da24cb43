/** Signs that some system takes for its own in a path, and control characters. */
const unfit = /[\p{Cc}\p{Cf}/\\:*?"<>|]/gu;
const longest = 80;

/** The name of a file as it may stand in any folder of any system; its ending stays. */
export function fitName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(unfit, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const signs = Array.from(plain || 'file');
  if (signs.length <= longest) return signs.join('');
  const ending = /\.[\w]{1,8}$/.exec(plain)?.[0] ?? '';
  return signs.slice(0, longest - ending.length).join('') + ending;
}

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
