import type { Request } from 'express';
import type { Env } from '../config/env.js';

/** The address under which people reach this site: as configured, else as the request found it. */
export function publicUrl(env: Env, request: Request): string {
  return env.publicUrl ?? `${request.protocol}://${request.headers.host ?? `localhost:${env.port}`}`;
}
