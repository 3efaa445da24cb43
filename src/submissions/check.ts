/** Something about a file that its entrant and the desk should know; never a reason to refuse by itself. */
export interface Check {
  code:
    | 'TOO_SMALL'
    | 'WECHAT_COMPRESSED'
    | 'NO_EXIF'
    | 'DUPLICATE'
    | 'SOUND_LOST'
    | 'SOUND_MENDED'
    | 'AI_GENERATED'
    | 'AI_EDITED'
    | 'AI_POSSIBLE'
    | 'CAPTURED_EARLY'
    | 'CAPTURED_LATE'
    | 'CAPTURED_IN_FUTURE';
  params: Record<string, string | number>;
}
