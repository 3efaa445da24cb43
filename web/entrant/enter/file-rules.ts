import type { Category, CategoryLimits, MediaKind } from '../../shared/api-types';

/** What a person is told about files before and after they are sent: arithmetic only, the words are elsewhere. */

export type FileRefusal =
  | { code: 'WRONG_KIND' }
  | { code: 'TOO_LARGE'; maxBytes: number }
  | { code: 'EMPTY' }
  | { code: 'TOO_MANY'; max: number };

export interface RefusedFile {
  name: string;
  refusal: FileRefusal;
}

type FileFacts = Pick<File, 'name' | 'size' | 'type'>;

const EXTENSIONS: Record<MediaKind, RegExp> = {
  image: /\.(jpe?g|png|hei[cf]|webp|avif|tiff?)$/i,
  video: /\.(mp4|mov|m4v|3gp|webm|mkv|avi)$/i,
};

/** Some phones name no type for HEIC or MOV: then the ending decides. */
export function kindOf(file: Pick<FileFacts, 'name' | 'type'>): MediaKind | null {
  if (file.type.startsWith('image/')) return 'image';
  if (file.type.startsWith('video/')) return 'video';
  if (EXTENSIONS.image.test(file.name)) return 'image';
  return EXTENSIONS.video.test(file.name) ? 'video' : null;
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
  if (kindOf(file) !== media) return { code: 'WRONG_KIND' };
  if (file.size === 0) return { code: 'EMPTY' };
  if (file.size > limits.maxBytes) return { code: 'TOO_LARGE', maxBytes: limits.maxBytes };
  return present >= limits.maxFiles ? { code: 'TOO_MANY', max: limits.maxFiles } : null;
}

export type CountProblem = { code: 'NONE' } | { code: 'SERIES_SHORT'; min: number; missing: number };

/** One file, or a series of at least `seriesMin`: what lies between is neither. */
export function countProblem(count: number, limits: CategoryLimits): CountProblem | null {
  if (count === 0) return { code: 'NONE' };
  if (count === 1 || count >= limits.seriesMin) return null;
  return { code: 'SERIES_SHORT', min: limits.seriesMin, missing: limits.seriesMin - count };
}
