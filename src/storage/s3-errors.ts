import { diskFault, storageFault } from './errors.js';

/** What an error of the S3 client carries beside its message. */
interface S3Error extends Error {
  $metadata?: { httpStatusCode?: number };
}

/** Names that stores have for “no room”: Amazon's, MinIO's, Garage's and Ceph's. */
const full = /^(XMinioStorageFull|InsufficientStorage|QuotaExceeded|EntityQuotaExceeded|StorageFull)$/;

/** No object of this key. Where the bucket itself is gone, that is the store's trouble. */
export function isNotFound(error: unknown): boolean {
  const { name, $metadata } = error as S3Error;
  return name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404;
}

export function isNotImplemented(error: unknown): boolean {
  return (error as S3Error).$metadata?.httpStatusCode === 501;
}

/** Whether the same request may well succeed a moment later. */
export function isPassing(error: unknown): boolean {
  const status = (error as S3Error).$metadata?.httpStatusCode;
  return status === undefined || status >= 500 || status === 408 || status === 429;
}

/** Away, refusing, or full: everything that a store answers but “here it is” and “there is none”. */
export function storeFault(error: unknown): Error {
  const { name = '', $metadata } = error as S3Error;
  if (full.test(name) || $metadata?.httpStatusCode === 507) return storageFault('MEDIA.STORAGE_FULL', error);
  return diskFault(error) ?? storageFault('MEDIA.STORAGE_UNAVAILABLE', error);
}
