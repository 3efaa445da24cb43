import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import {
  flatPng,
  ftypThenNoise,
  gif,
  html,
  jpegHeaderThenHtml,
  plainJpeg,
  playlist,
  svg,
  textNamedJpg,
} from '../../test/fixtures/bad-media.js';
import { isPlainlyNot, sniff } from './sniff.js';

const box = (brand: string) => Buffer.from(`\0\0\0\x14ftyp${brand}\0\0\0\0${brand}`, 'latin1');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dingge-sniff-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('sniff', () => {
  it.each([
    ['heic', 'image/heic', 'image'],
    ['mif1', 'image/heif', 'image'],
    ['msf1', 'image/heif', 'image'],
    ['avif', 'image/avif', 'image'],
    ['isom', 'video/mp4', 'video'],
    ['3gp5', 'video/mp4', 'video'],
    ['M4V ', 'video/mp4', 'video'],
    ['qt  ', 'video/quicktime', 'video'],
  ])('knows the brand %s as %s', async (brand, mime, kind) => {
    expect(await sniff(box(brand))).toMatchObject({ mime, kind });
  });

  it.each([
    ['webm', 'video/webm'],
    ['matroska', 'video/matroska'],
  ])('knows the document type %s as %s', async (type, mime) => {
    // EBML header (RFC 8794, 11.2) with nothing but its document type (RFC 9559, 17.1).
    const header = Buffer.from([
      0x1a,
      0x45,
      0xdf,
      0xa3,
      0x80 | (3 + type.length),
      0x42,
      0x82,
      0x80 | type.length,
    ]);
    const segment = Buffer.from([0x18, 0x53, 0x80, 0x67, 0x80]);
    expect(await sniff(Buffer.concat([header, Buffer.from(type), segment]))).toMatchObject({
      mime,
      kind: 'video',
    });
  });

  it('knows photos by their content, from a buffer and from a file of any name', async () => {
    const jpeg = await plainJpeg(16, 16);
    const files = {
      jpg: jpeg,
      webp: await sharp(jpeg).webp().toBuffer(),
      tif: await sharp(jpeg).tiff({ compression: 'none' }).toBuffer(),
      png: flatPng({ width: 4, height: 4, bitDepth: 8, colour: 'grey' }, [1]),
    };
    const path = join(folder, 'holiday.txt');
    for (const [extension, bytes] of Object.entries(files)) {
      await writeFile(path, bytes);
      expect(await sniff(path)).toMatchObject({ extension, kind: 'image' });
      expect(await sniff(bytes)).toEqual(await sniff(path));
    }
  });

  it.each([
    ['text', textNamedJpg()],
    ['HTML', html()],
    ['SVG', svg()],
    ['GIF', gif()],
    ['a playlist', playlist()],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['a sound file', box('M4A ')],
    ['a raw file of a camera', box('crx ')],
    ['an empty file', Buffer.alloc(0)],
    ['one byte', Buffer.from([0xff])],
  ])('refuses %s', async (_name, bytes) => {
    const path = join(folder, 'photo.jpg');
    await writeFile(path, bytes);
    expect([await sniff(bytes), await sniff(path)]).toEqual([null, null]);
  });

  it('believes a magic number; only decoding tells more', async () => {
    expect(await sniff(jpegHeaderThenHtml())).toMatchObject({ mime: 'image/jpeg' });
    expect(await sniff(ftypThenNoise())).toMatchObject({ mime: 'video/mp4' });
  });
});

describe('what the first bytes show', () => {
  it('of another kind, or of none, is refused; what may show it later is not', async () => {
    const [jpeg, film] = [await plainJpeg(), ftypThenNoise()];
    expect(await isPlainlyNot('image', jpeg)).toBe(false);
    expect(await isPlainlyNot('video', jpeg)).toBe(true);
    expect(await isPlainlyNot('image', film)).toBe(true);
    expect(await isPlainlyNot('video', film)).toBe(false);
    for (const none of [html(), svg(), gif()]) expect(await isPlainlyNot('image', none)).toBe(true);
    // A TIFF whose directory is at its end, a PNG with a large colour profile before its pixels.
    const tiff = Buffer.from('49492a0000ffff00', 'hex');
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000ffff69434350', 'hex'), Buffer.alloc(4000)]);
    for (const slow of [tiff, png]) expect(await isPlainlyNot('image', slow)).toBe(false);
  });
});
