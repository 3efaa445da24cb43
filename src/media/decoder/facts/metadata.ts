import { ascii, part, type Bytes } from './bytes.js';

/** What lies beside the pixels of a file, found and not yet understood. */
export interface Metadata {
  /** TIFF: what an EXIF block is, and what a TIFF picture is as a whole. */
  exif: Bytes | null;
  /** XMP packets, the main one first. */
  xmp: string[];
  /** Named texts: PNG text chunks, JPEG comments, a video's tags. Names are unique within their container, or nearly. */
  texts: Text[];
  /** The JUMBF boxes of a C2PA manifest store. */
  c2pa: Bytes | null;
  /** Of a JPEG, as libjpeg counts (1…100), estimated. */
  jpegQuality: number | null;
  /** Of a video: the movie header's time of creation, in seconds since 1904; 0 is unknown. */
  movieTime: number;
}

export interface Text {
  name: string;
  value: string;
}

const mostExif = 1024 * 1024;
const mostXmp = 512 * 1024;
const mostText = 128 * 1024;
const mostPackets = 4;
const mostTexts = 200;

export function noMetadata(): Metadata {
  return { exif: null, xmp: [], texts: [], c2pa: null, jpegQuality: null, movieTime: 0 };
}

/** XMP is UTF-8 in practice; a packet too long is cut, and what lies in its beginning still counts. */
export function addXmp(metadata: Metadata, packet: Bytes): void {
  if (metadata.xmp.length < mostPackets) metadata.xmp.push(packet.read(0, mostXmp).toString('utf8'));
}

export function addText(metadata: Metadata, name: string, value: string): void {
  if (metadata.texts.length < mostTexts && value) {
    metadata.texts.push({ name: name.slice(0, 100), value: value.slice(0, mostText) });
  }
}

/** EXIF blocks come with or without this signature in front, whatever their container's specification says. */
const signature = 'Exif\0\0';

export function addExif(metadata: Metadata, block: Bytes): void {
  if (metadata.exif || block.size > mostExif) return;
  metadata.exif = ascii(block, 0, 6) === signature ? part(block, 6, block.size - 6) : block;
}
