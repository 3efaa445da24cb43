import type { Media } from '../media/media.entity.js';
import type { Check } from './check.js';
import { checkCapture, type CaptureRule } from './capture.js';
import { looksWeChatCompressed } from './wechat.js';

/** What can be told of a file from itself and the contest's rules. */
export function checkMedia(media: Media, minEdge: number, rule: CaptureRule): Check[] {
  return [
    ...checkPhoto(media, minEdge),
    ...checkVideo(media),
    ...checkProvenance(media),
    ...checkCapture(media, rule),
  ];
}

/** What can be told from a ready photo alone. Edges in pixels. */
export function checkPhoto(
  media: Pick<Media, 'kind' | 'status' | 'mime' | 'width' | 'height' | 'bytes' | 'originalName' | 'facts'>,
  minEdge: number,
): Check[] {
  if (media.kind !== 'image' || media.status !== 'ready' || !media.width || !media.height) return [];
  const checks: Check[] = [];
  const longer = Math.max(media.width, media.height);
  if (longer < minEdge) checks.push({ code: 'TOO_SMALL', params: { edge: longer, minEdge } });
  if (media.facts?.hasExif !== true) {
    checks.push(
      looksWeChatCompressed(media)
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

const aiChecks = { generated: 'AI_GENERATED', edited: 'AI_EDITED', possible: 'AI_POSSIBLE' } as const;

/** A label in the file that says a model made or changed it; what says so and where, as far as it is known. */
function checkProvenance({ status, facts }: Pick<Media, 'status' | 'facts'>): Check[] {
  const provenance = status === 'ready' ? facts?.provenance : null;
  if (!provenance?.ai) return [];
  return [
    {
      code: aiChecks[provenance.ai],
      params: { mark: provenance.mark ?? '', generator: provenance.generator ?? '' },
    },
  ];
}
