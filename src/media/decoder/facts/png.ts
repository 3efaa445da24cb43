import { inflateSync } from 'node:zlib';
import { ascii, bufferBytes, part, u32, type Bytes } from './bytes.js';
import { addExif, addText, addXmp, type Metadata } from './metadata.js';

const mostChunks = 25_000;
const mostPacked = 1024 * 1024;
const mostInflated = 512 * 1024;
const xmpKeyword = 'XML:com.adobe.xmp';

/** PNG, third edition: 11.3.3 (texts), 11.3.4.5 (eXIf); XMP part 3, 1.1.5; C2PA 2.1, A.3.2 (caBX). */
export function readPng(file: Bytes, metadata: Metadata): void {
  let at = 8;
  for (let count = 0; count < mostChunks && at + 12 <= file.size; count += 1) {
    const length = u32(file, at);
    const type = ascii(file, at + 4, 4);
    const chunk = part(file, at + 8, length);
    if (type === 'IEND') return;
    if (type === 'eXIf') addExif(metadata, chunk);
    else if (type === 'caBX') metadata.c2pa ??= chunk;
    else if (['tEXt', 'zTXt', 'iTXt'].includes(type)) readText(type, chunk.read(0, mostPacked), metadata);
    at += length + 12;
  }
}

function readText(type: string, chunk: Buffer, metadata: Metadata): void {
  const end = chunk.indexOf(0);
  if (end < 1) return;
  const name = chunk.toString('latin1', 0, end);
  const value = textAfter(type, chunk, end + 1);
  if (value === null) return;
  if (name === xmpKeyword) addXmp(metadata, bufferBytes(value));
  // tEXt is Latin-1 by the book and UTF-8 in practice; what is neither comes out odd and matches nothing.
  else addText(metadata, name, value.toString('utf8'));
}

/** iTXt has two bytes on compression, then a language and a translated keyword, each ended by a zero. */
function textAfter(type: string, chunk: Buffer, at: number): Buffer | null {
  if (type === 'tEXt') return chunk.subarray(at);
  if (type === 'zTXt') return inflated(chunk.subarray(at + 1));
  const language = chunk.indexOf(0, at + 2);
  const translated = language < 0 ? -1 : chunk.indexOf(0, language + 1);
  if (translated < 0) return null;
  const text = chunk.subarray(translated + 1);
  return chunk[at] === 1 ? inflated(text) : text;
}

function inflated(packed: Buffer): Buffer | null {
  try {
    return inflateSync(packed, { maxOutputLength: mostInflated });
  } catch {
    return null;
  }
}
