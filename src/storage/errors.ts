import { defineProblems, Problem, type ProblemKind } from '../common/problem.js';

const kinds = {
  'MEDIA.STORAGE_FULL': {
    status: 507,
    zh: '服务器存储空间已满，这次的文件没有保存，已保存的作品不受影响。请稍后再试，或联系主办方。',
    en: 'The server has run out of space: this file was not kept, what is stored is safe. Try later, or tell the organiser.',
  },
  'MEDIA.STORAGE_UNAVAILABLE': {
    status: 503,
    zh: '文件存储暂时不可用，请过一会儿再试。已保存的作品不会丢失。',
    en: 'The file store cannot be reached for the moment. Try again in a while; nothing stored is lost.',
  },
} satisfies Record<string, ProblemKind>;

export type StorageCode = keyof typeof kinds;

const problem = defineProblems(kinds);

/** Seconds. A full disk takes somebody to empty it, the rest mends itself. */
const retryAfter: Record<StorageCode, string> = {
  'MEDIA.STORAGE_FULL': '300',
  'MEDIA.STORAGE_UNAVAILABLE': '20',
};

/** The store's own trouble, which says nothing of the file: what was asked may succeed later as it is. */
export function storageFault(code: StorageCode, cause: unknown): Problem {
  const headers = { 'Retry-After': retryAfter[code] };
  return Object.assign(problem(code, {}, { headers }), { cause });
}

export function isStorageFault(error: unknown): error is Problem {
  return error instanceof Problem && Object.hasOwn(kinds, error.code);
}

const full = new Set(['ENOSPC', 'EDQUOT']);
/** A disk that is read-only, gone, broken, or on a network that is away; or a process out of descriptors. */
const unavailable = new Set(
  'EROFS EACCES EPERM EIO ENOENT ENOTDIR ENODEV ENXIO ESTALE EMFILE ENFILE EHOSTDOWN EBUSY'.split(' '),
);

/** What an error of the file system says of the disk; null where it isn't one. */
export function diskFault(error: unknown): Problem | null {
  if (isStorageFault(error)) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (full.has(code)) return storageFault('MEDIA.STORAGE_FULL', error);
  return unavailable.has(code) ? storageFault('MEDIA.STORAGE_UNAVAILABLE', error) : null;
}

/** The store answers, but has nothing under the key, or not what was put there. */
export class StoredFileLost extends Error {
  constructor(
    readonly how: 'missing' | 'damaged',
    key: string,
  ) {
    super(`${key} is ${how} in storage`);
    this.name = 'StoredFileLost';
  }
}
