/**
 * Reads a colour profile's name (ICC.1:2022, 7.2 and 9.2.41): tag `desc`, of type `desc` in version 2 (ASCII) and
 * `mluc` in version 4 (UTF-16). Null where the profile is damaged.
 */
export function profileName(icc: Uint8Array): string | null {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const text = (at: number, length: number) => Buffer.from(icc.subarray(at, at + length)).toString('latin1');
  try {
    const tags = Math.min(view.getUint32(128), 100);
    for (let index = 0; index < tags; index += 1) {
      const entry = 132 + 12 * index;
      if (text(entry, 4) !== 'desc') continue;
      const at = view.getUint32(entry + 4);
      switch (text(at, 4)) {
        case 'desc':
          return text(at + 12, Math.min(view.getUint32(at + 8), 100)).replace(/\0.*$/s, '');
        case 'mluc': {
          const record = at + 16;
          const start = at + view.getUint32(record + 8);
          const length = Math.min(view.getUint32(record + 4), 200);
          return new TextDecoder('utf-16be')
            .decode(icc.subarray(start, start + length))
            .replace(/\0.*$/s, '');
        }
        default:
          return null;
      }
    }
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Whether a profile is plain sRGB, so that its pixels can be taken as they are. Only names known to mean exactly
 * that: there are others which begin with sRGB and are linear. A wrong no costs time, a wrong yes colours.
 */
export function isPlainSrgb(icc: Uint8Array): boolean {
  return /^sRGB( IEC61966-2[.-]1.*| built-in|2014)?$/.test(profileName(icc) ?? '');
}
