import { thumbHashToDataURL } from 'thumbhash';

const seen = new Map<string, string>();

/** A thumbhash (base64) as a data URL of a tiny blurred picture; undefined if there is none or it is broken. */
export function placeholderUrl(hash: string | null | undefined): string | undefined {
  if (!hash) return undefined;
  const known = seen.get(hash);
  if (known) return known;
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0)));
    seen.set(hash, url);
    return url;
  } catch {
    return undefined;
  }
}
