/** How a file is known again after a reload: arithmetic only. */

export interface FileIdentity {
  name: string;
  bytes: number;
  /** See mark.ts; null where the browser could not make one. */
  mark: string | null;
  lastModified: number | null;
}

export type Difference = 'size' | 'date' | 'content';

/** What tells that a file is not the wanted one; null when it is. Phones rename files, so names don't count. */
export function differenceOf(file: FileIdentity, wanted: FileIdentity): Difference | null {
  if (file.bytes !== wanted.bytes) return 'size';
  if (file.mark !== null && wanted.mark !== null) return file.mark === wanted.mark ? null : 'content';
  return file.lastModified === wanted.lastModified ? null : 'date';
}

/** Each file with the one unfinished upload that it belongs to, and the files that belong to none. */
export function matchFiles<File extends FileIdentity, Unfinished extends FileIdentity>(
  files: readonly File[],
  unfinished: readonly Unfinished[],
): { pairs: { file: File; upload: Unfinished }[]; rest: File[] } {
  const open = [...unfinished];
  const pairs: { file: File; upload: Unfinished }[] = [];
  const rest: File[] = [];
  for (const file of files) {
    const index = open.findIndex((upload) => differenceOf(file, upload) === null);
    const [upload] = index < 0 ? [] : open.splice(index, 1);
    if (upload) pairs.push({ file, upload });
    else rest.push(file);
  }
  return { pairs, rest };
}

/**
 * Files in the order in which they were chosen, where the server has them in that of their arrival. Those of which
 * nobody knows when they were chosen keep their places.
 */
export function inChosenOrder(ids: readonly string[], chosen: ReadonlyMap<string, number>): string[] {
  const sorted = ids
    .filter((id) => chosen.has(id))
    .sort((one, other) => (chosen.get(one) ?? 0) - (chosen.get(other) ?? 0));
  return ids.map((id) => (chosen.has(id) ? (sorted.shift() ?? id) : id));
}
