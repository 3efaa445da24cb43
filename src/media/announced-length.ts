import type { Request } from 'express';
import { mediaProblem } from './errors.js';

/** Bytes of a body by its head, before one of them is read. @throws 411 where they aren't told */
export function announcedLength({ headers }: Request): number {
  const announced = headers['content-length'];
  if (announced === undefined || !/^\d+$/.test(announced)) throw mediaProblem('MEDIA.LENGTH_REQUIRED');
  return Number(announced);
}
