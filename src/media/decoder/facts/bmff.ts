import { afterHeader, boxesIn, boxIn, zeroEnded, type Box } from './boxes.js';
import { readItems } from './bmff-items.js';
import { u32, u64, isPastEnd, type Bytes } from './bytes.js';
import { addText, addXmp, type Metadata } from './metadata.js';

/** C2PA 2.1, A.5; XMP specification, part 3, 1.2.7.1. */
const c2paUuid = 'd8fec3d61b0e483c92975828877ec481';
const xmpUuid = 'be7acfcb97a942e89c71999491e3afac';

/** HEIC, AVIF, MP4 and QuickTime: what lies in `meta`, `moov` and boxes with a UUID. */
export function readBmff(file: Bytes, metadata: Metadata): void {
  for (const box of boxesIn(file)) {
    // One damaged box says nothing of the next.
    attempt(() => {
      if (box.type === 'uuid') readUuid(box, metadata);
      else if (box.type === 'meta') readItems(file, box.content, metadata);
      else if (box.type === 'moov') readMovie(box.content, metadata);
    });
  }
}

function readUuid({ uuid, content }: Box, metadata: Metadata): void {
  if (uuid === xmpUuid) addXmp(metadata, content);
  if (uuid !== c2paUuid) return;
  // A full box with a purpose, and for manifests the offset of the first Merkle box.
  const { text: purpose, end } = zeroEnded(content, 4);
  if (purpose === 'manifest' || purpose === 'original' || purpose === 'update') {
    metadata.c2pa ??= afterHeader(content, end + 8);
  }
}

function readMovie(movie: Bytes, metadata: Metadata): void {
  for (const { type, content } of boxesIn(movie)) {
    attempt(() => {
      if (type === 'mvhd') {
        metadata.movieTime = content.read(0, 1)[0] === 1 ? u64(content, 4) : u32(content, 4);
      } else if (type === 'meta') readTags(content, metadata);
      else if (type === 'udta') readUserData(content, metadata);
    });
  }
}

function readUserData(userData: Bytes, metadata: Metadata): void {
  for (const { type, content } of boxesIn(userData)) {
    if (type === 'meta') readTags(content, metadata);
    else if (type === 'XMP_') addXmp(metadata, content);
    else if (type === 'loci') readPlace(content, metadata);
    else if (type.startsWith('\xa9')) readInternational(type, content, metadata);
    else if (type === 'AIGC') addText(metadata, type, content.read(0, content.size).toString('utf8'));
  }
}

/** QuickTime File Format, “User Data Atoms”: length and language in 16 bits each, then the text; the first is taken. */
function readInternational(type: string, content: Bytes, metadata: Metadata): void {
  const length = content.read(0, 2).readUInt16BE(0);
  addText(metadata, type, content.read(4, length).toString('utf8'));
}

/** 3GPP TS 26.244, 8.10: language, name, role, then longitude and latitude as 16.16 fixed-point numbers. */
function readPlace(content: Bytes, metadata: Metadata): void {
  const { end } = zeroEnded(content, 6);
  const [lon, lat] = [1, 5].map((at) => content.read(end + at, 4).readInt32BE(0) / 65536);
  const signed = (value: number) => (value < 0 ? '' : '+') + value.toFixed(5);
  addText(metadata, '\xa9xyz', `${signed(lat)}${signed(lon)}/`);
}

/**
 * Tags in `ilst`, by four letters (iTunes) or by number in the list of names before it (`keys`: Apple's and Android's
 * cameras, ffmpeg, and the AI label of TC260-PG-20257A). QuickTime File Format, “Metadata”. As a full box in MP4,
 * and as a plain one in QuickTime.
 */
function readTags(meta: Bytes, metadata: Metadata): void {
  const tags = u32(meta, 0) === 0 ? afterHeader(meta, 4) : meta;
  const keys = boxIn(tags, 'keys');
  const names = keys ? [...boxesIn(afterHeader(keys, 8))].map(({ content }) => text(content)) : [];
  const list = boxIn(tags, 'ilst');
  if (!list) return;
  for (const { type, content } of boxesIn(list)) {
    const name = names[Buffer.from(type, 'latin1').readUInt32BE(0) - 1] ?? type;
    const data = boxIn(content, 'data');
    // A data box says its type (1 is UTF-8) and locale in four bytes each.
    if (data && (u32(data, 0) & 0xffffff) === 1) addText(metadata, name, text(afterHeader(data, 8)));
  }
}

const mostText = 128 * 1024;
const text = (bytes: Bytes): string => bytes.read(0, Math.min(bytes.size, mostText)).toString('utf8');

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isPastEnd(error)) throw error;
  }
}
