/** Something about a file or a work that its entrant and the desk should know; never a reason to refuse by itself. */
export interface Check {
  code:
    | 'TOO_SMALL'
    | 'WECHAT_COMPRESSED'
    | 'NO_EXIF'
    | 'DUPLICATE'
    | 'OWN_DUPLICATE'
    | 'SOUND_LOST'
    | 'SOUND_MENDED'
    | 'AI_GENERATED'
    | 'AI_EDITED'
    | 'AI_POSSIBLE'
    | 'CAPTURED_EARLY'
    | 'CAPTURED_LATE'
    | 'CAPTURED_IN_FUTURE'
    | 'DOUYIN_LINK_MISSING'
    | 'DOUYIN_NO_VIDEO'
    | 'DOUYIN_TWICE'
    | 'DOUYIN_SEEN'
    | 'AUTHOR_NOT_ASKED';
  params: Record<string, string | number>;
}
