import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';

/** What a file's first bytes say it is. `extension` has no dot. */
export interface SniffedType {
  mime: string;
  extension: string;
  kind: 'image' | 'video';
}

const image = (mime: string, extension: string): SniffedType => ({ mime, extension, kind: 'image' });
const heic = image('image/heic', 'heic');
const heif = image('image/heif', 'heif');
const mp4: SniffedType = { mime: 'video/mp4', extension: 'mp4', kind: 'video' };

/** The types that may enter, by the names file-type has for them; whatever is not here is refused. */
const allowed: ReadonlyMap<string, SniffedType> = new Map([
  ['image/jpeg', image('image/jpeg', 'jpg')],
  ['image/png', image('image/png', 'png')],
  ['image/webp', image('image/webp', 'webp')],
  ['image/tiff', image('image/tiff', 'tif')],
  ['image/avif', image('image/avif', 'avif')],
  ['image/heic', heic],
  ['image/heic-sequence', heic],
  ['image/heif', heif],
  ['image/heif-sequence', heif],
  ['video/mp4', mp4],
  // The same container under the brands of phones and iTunes; phones name such files .mp4 themselves.
  ['video/3gpp', mp4],
  ['video/3gpp2', mp4],
  ['video/x-m4v', mp4],
  ['video/webm', { mime: 'video/webm', extension: 'webm', kind: 'video' }],
  ['video/matroska', { mime: 'video/matroska', extension: 'mkv', kind: 'video' }],
  ['video/quicktime', { mime: 'video/quicktime', extension: 'mov', kind: 'video' }],
]);

/**
 * A file's type by its content, never by its name; null if it is none that may enter (SVG, GIF, HTML, playlists,
 * plain text, an empty file). Looks at magic numbers only: whether it is a picture is known once it decodes.
 * @param file a path, or the first bytes of a file
 */
export async function sniff(file: string | Buffer): Promise<SniffedType | null> {
  const found = await (typeof file === 'string' ? fileTypeFromFile(file) : fileTypeFromBuffer(file));
  return (found && allowed.get(found.mime)) ?? null;
}

/** The usual ending, without its dot, of a type that may enter. */
export function extensionOf(mime: string): string {
  return [...allowed.values()].find((type) => type.mime === mime)?.extension ?? 'bin';
}

/** How files begin that may say what they are only behind any head: in PNG, TIFF and Matroska much may come before. */
const slowToTell: Record<SniffedType['kind'], Buffer[]> = {
  image: ['89504e470d0a1a0a', '49492a00', '4d4d002a', '49492b00', '4d4d002b'].map((hex) =>
    Buffer.from(hex, 'hex'),
  ),
  video: [Buffer.from('1a45dfa3', 'hex')],
};

/** Whether a file's first bytes, some thousands of them, show that it cannot be of the kind, whatever follows. */
export async function isPlainlyNot(kind: SniffedType['kind'], head: Buffer): Promise<boolean> {
  const found = await sniff(head);
  if (found) return found.kind !== kind;
  return !slowToTell[kind].some((magic) => magic.equals(head.subarray(0, magic.length)));
}
