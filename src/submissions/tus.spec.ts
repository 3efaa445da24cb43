import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { readAnnouncement, readMetadata, readOffset } from './tus.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const request = (headers: Record<string, string>) => ({ headers }) as unknown as Request;
const submission = '00000000-0000-4000-8000-000000000000';

describe('Upload-Metadata', () => {
  it('holds names and values, each value in base64', () => {
    const header = `filename ${base64('家门口.jpg')}, mark ${base64('a1')},empty`;
    expect(readMetadata(header)).toEqual({ filename: '家门口.jpg', mark: 'a1', empty: '' });
    expect(readMetadata(undefined)).toEqual({});
    expect(readMetadata(' , ,')).toEqual({});
  });

  it('announces a file of a work', () => {
    const header = `submission ${base64(submission)},lastModified ${base64('1700000000000')}`;
    const announced = readAnnouncement(request({ 'upload-length': '12', 'upload-metadata': header }));
    expect(announced).toEqual({ submission, filename: '', bytes: 12, lastModified: 1700000000000 });
  });

  it.each([
    ['no work', ''],
    ['a work that is none', `submission ${base64('1')}`],
    ['a mark that is no hex', `submission ${base64(submission)},mark ${base64('xyz')}`],
  ])('is refused with %s', (_name, header) => {
    expect(() => readAnnouncement(request({ 'upload-length': '1', 'upload-metadata': header }))).toThrow();
  });
});

describe('Upload-Offset', () => {
  const type = { 'content-type': 'application/offset+octet-stream' };
  it('is a whole number, before bytes of a file', () => {
    expect(readOffset(request({ ...type, 'upload-offset': '0' }))).toBe(0);
    for (const offset of ['-1', '1.5', '', '1, 2', '0x10']) {
      expect(() => readOffset(request({ ...type, 'upload-offset': offset }))).toThrow('REQUEST.MALFORMED');
    }
    expect(() => readOffset(request({ 'upload-offset': '0' }))).toThrow('UPLOAD.CONTENT_TYPE');
  });
});
