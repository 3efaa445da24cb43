import { ascii, part, type Bytes } from './bytes.js';
import { addText, type Metadata } from './metadata.js';

/** Name under which the trailer's record of edits is told as a text. */
export const samsungEdits = 'Samsung edits';
const mostRecords = 100;

/**
 * Samsung's cameras and gallery write records behind the end of a JPEG, listed by a directory at the very end: `SEFH`,
 * version, count, entries of 12 bytes (type, distance back from the directory, size), the directory's length,
 * `SEFT`. Of interest is one whose name ends in `Edit_Data`: JSON of what was edited, with `genAIType` above 0
 * where Galaxy AI painted. Sources: ExifTool, Samsung.pm (ProcessSamsung); ExifTool forum, topic 16086.
 */
export function addSamsungTrailer(file: Bytes, metadata: Metadata): void {
  const end = file.size;
  if (ascii(file, end - 4, 4) !== 'SEFT') return;
  const length = file.read(end - 8, 4).readUInt32LE(0);
  const directory = end - 8 - length;
  if (directory < 0 || ascii(file, directory, 4) !== 'SEFH') return;
  const count = Math.min(file.read(directory + 8, 4).readUInt32LE(0), mostRecords);
  for (let index = 0; index < count; index += 1) {
    const entry = file.read(directory + 12 + 12 * index, 12);
    if (entry.length < 12) return;
    const record = part(file, directory - entry.readUInt32LE(4), entry.readUInt32LE(8));
    const nameLength = Math.min(record.read(4, 4).readUInt32LE(0), 100);
    if (!/Edit_Data$/.test(ascii(record, 8, nameLength))) continue;
    addText(metadata, samsungEdits, record.read(8 + nameLength, 64 * 1024).toString('utf8'));
  }
}
