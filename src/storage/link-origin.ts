import type { Env } from '../config/env.js';

/** Where the links of {@link Store.link} lead, which pages must be allowed to show; null where there are none. */
export function linkOrigin({ s3 }: Pick<Env, 's3'>): string | null {
  if (s3?.serve !== 'redirect') return null;
  const url = new URL(s3.endpoint ?? `https://s3.${s3.region}.amazonaws.com`);
  if (!s3.pathStyle) url.host = `${s3.bucket}.${url.host}`;
  return url.origin;
}
