import type { Category, CategoryLimits, MediaKind } from '../../shared/api-types';

/** What a person is told about files before and after they are sent: arithmetic only, the words are elsewhere. */

export type FileRefusal =
  | { code: 'WRONG_KIND' }
  | { code: 'TOO_LARGE'; bytes: number; maxBytes: number }
  | { code: 'TOO_LONG'; durationMs: number; maxSeconds: number }
  | { code: 'EMPTY' }
  | { code: 'ALREADY_HERE' }
  | { code: 'TOO_MANY'; max: number };

export interface RefusedFile {
  name: string;
  refusal: FileRefusal;
}

export interface FileFacts extends Pick<File, 'name' | 'size' | 'type'> {
  /** By its first bytes, where they tell. */
  content?: MediaKind | null;
  durationMs?: number | null;
}

const EXTENSIONS: Record<MediaKind, RegExp> = {
  image: /\.(jpe?g|png|hei[cf]|webp|avif|tiff?)$/i,
  video: /\.(mp4|mov|m4v|3gp|webm|mkv|avi)$/i,
};

/** So many bytes of a file {@link kindByContent} wants to see. */
export const HEAD_BYTES = 16;

/** A film's duration as phones write it may exceed what was meant by a moment. */
const GRACE_MS = 1000;

/** What a file is by how it begins, whatever it is called; null where that does not tell. */
export function kindByContent(head: Uint8Array): MediaKind | null {
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES));
  if (text.startsWith('\xff\xd8\xff') || text.startsWith('\x89PNG')) return 'image';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'image';
  if (text.startsWith('RIFF')) return text.slice(8, 12) === 'WEBP' ? 'image' : 'video';
  if (text.slice(4, 8) === 'ftyp') {
    return /^(hei|hev|mif|msf|avi)/.test(text.slice(8, 12)) ? 'image' : 'video';
  }
  return text.startsWith('\x1a\x45\xdf\xa3') ? 'video' : null;
}

/** The content is believed first; some phones name no type for HEIC or MOV, and then the ending decides. */
export function kindOf({
  name,
  type,
  content,
}: Pick<FileFacts, 'name' | 'type' | 'content'>): MediaKind | null {
  if (content) return content;
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('video/')) return 'video';
  if (EXTENSIONS.image.test(name)) return 'image';
  return EXTENSIONS.video.test(name) ? 'video' : null;
}

/** Splits chosen files into those that may be sent and those that the server would refuse anyway. */
export function sortFiles<F extends FileFacts>(
  files: readonly F[],
  category: Pick<Category, 'media' | 'limits'>,
  present: number,
): { taken: F[]; refused: RefusedFile[] } {
  const taken: F[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    const refusal = refusalOf(file, category, present + taken.length);
    if (refusal) refused.push({ name: file.name, refusal });
    else taken.push(file);
  }
  return { taken, refused };
}

function refusalOf(
  file: FileFacts,
  { media, limits }: Pick<Category, 'media' | 'limits'>,
  present: number,
): FileRefusal | null {
  const { maxBytes, maxFiles, maxSeconds } = limits;
  const { size: bytes, durationMs = null } = file;
  if (bytes === 0) return { code: 'EMPTY' };
  if (kindOf(file) !== media) return { code: 'WRONG_KIND' };
  if (bytes > maxBytes) return { code: 'TOO_LARGE', bytes, maxBytes };
  if (maxSeconds && durationMs !== null && durationMs > maxSeconds * 1000 + GRACE_MS) {
    return { code: 'TOO_LONG', durationMs, maxSeconds };
  }
  return present >= maxFiles ? { code: 'TOO_MANY', max: maxFiles } : null;
}

export type CountProblem = { code: 'NONE' } | { code: 'SERIES_SHORT'; min: number; missing: number };

/** One file, or a series of at least `seriesMin`: what lies between is neither. */
export function countProblem(count: number, limits: CategoryLimits): CountProblem | null {
  if (count === 0) return { code: 'NONE' };
  if (count === 1 || count >= limits.seriesMin) return null;
  return { code: 'SERIES_SHORT', min: limits.seriesMin, missing: limits.seriesMin - count };
}
