import type { Request } from 'express';
import { ZodValidationException } from 'nestjs-zod';
import { z } from 'zod';
import { commonProblem } from '../common/problem.js';
import { mediaProblem } from '../media/errors.js';
import { uploadProblem } from './errors.js';

/** What of tus 1.0 (https://tus.io/protocols/resumable-upload) is spoken here: its headers, read and written. */

export const tusHeaders = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' };

export const appendType = 'application/offset+octet-stream';

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const metadata = z.object({
  submission: z.uuid(),
  filename: z.string().max(2000).default(''),
  mark: z
    .string()
    .regex(/^[0-9a-f]{1,128}$/i)
    .optional(),
  lastModified: wholeNumber.optional(),
});

export type AnnouncedUpload = z.infer<typeof metadata> & { bytes: number };

/** A client that names no version is taken to speak ours. */
export function requireVersion(request: Request): void {
  const version = request.headers['tus-resumable'];
  if (version !== undefined && version !== '1.0.0') {
    throw uploadProblem('UPLOAD.VERSION', {}, { headers: { 'Tus-Version': '1.0.0' } });
  }
}

/** Upload-Length and Upload-Metadata of a creation. */
export function readAnnouncement(request: Request): AnnouncedUpload {
  const bytes = wholeNumber.safeParse(request.headers['upload-length']);
  if (!bytes.success) throw mediaProblem('MEDIA.LENGTH_REQUIRED');
  const parsed = metadata.safeParse(readMetadata(request.headers['upload-metadata']));
  if (!parsed.success) throw new ZodValidationException(parsed.error);
  return { ...parsed.data, bytes: bytes.data };
}

/** `key base64, key base64, …`; a key alone has an empty value. */
export function readMetadata(header: string | string[] | undefined): Record<string, string> {
  const pairs = String(header ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '))
    .filter(([key]) => key);
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, Buffer.from(value ?? '', 'base64').toString()]),
  );
}

/** Upload-Offset of an append, and that what comes is bytes of a file. */
export function readOffset(request: Request): number {
  if (request.headers['content-type'] !== appendType) throw uploadProblem('UPLOAD.CONTENT_TYPE');
  const offset = wholeNumber.safeParse(request.headers['upload-offset']);
  if (!offset.success) throw commonProblem('REQUEST.MALFORMED');
  return offset.data;
}
