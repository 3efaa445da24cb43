import type { Media } from '../media/media.entity.js';

/** Something about a file that its entrant and the desk should know; never a reason to refuse by itself. */
export interface Check {
  code: 'TOO_SMALL' | 'WECHAT_COMPRESSED' | 'NO_EXIF' | 'DUPLICATE' | 'SOUND_LOST' | 'SOUND_MENDED';
  params: Record<string, string | number>;
}

/** WeChat's compressed copies have one of these as their shorter edge, and no EXIF. */
const weChatEdges = new Set([1080, 1279, 1280, 1440]);

/** What can be told from a ready photo alone. Edges in pixels. */
export function checkPhoto(
  media: Pick<Media, 'kind' | 'status' | 'mime' | 'width' | 'height' | 'facts'>,
  minEdge: number,
): Check[] {
  if (media.kind !== 'image' || media.status !== 'ready' || !media.width || !media.height) return [];
  const checks: Check[] = [];
  const longer = Math.max(media.width, media.height);
  const shorter = Math.min(media.width, media.height);
  if (longer < minEdge) checks.push({ code: 'TOO_SMALL', params: { edge: longer, minEdge } });
  if (media.facts?.hasExif !== true) {
    const weChat = media.mime === 'image/jpeg' && (weChatEdges.has(shorter) || weChatEdges.has(longer));
    checks.push(
      weChat
        ? { code: 'WECHAT_COMPRESSED', params: { width: media.width, height: media.height } }
        : { code: 'NO_EXIF', params: {} },
    );
  }
  return checks;
}

/** What became of a ready video's sound: judges hear none of it, or silence in places. */
export function checkVideo({ kind, status, facts }: Pick<Media, 'kind' | 'status' | 'facts'>): Check[] {
  if (kind !== 'video' || status !== 'ready') return [];
  switch (facts?.sound) {
    case 'lost':
      return [{ code: 'SOUND_LOST', params: {} }];
    case 'mended':
      return [{ code: 'SOUND_MENDED', params: {} }];
    default:
      return [];
  }
}
