import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { sniff } from '../../../src/media/sniff.js';
import {
  bombJpeg,
  bombPng,
  gif,
  html,
  jpegHeaderThenHtml,
  lyingPng,
  noisyJpeg,
  plainJpeg,
  svg,
  textNamedJpg,
  truncated,
} from '../../fixtures/bad-media.js';
import { Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

describe('what is no photo', () => {
  it.each([
    ['text', textNamedJpg()],
    ['HTML', html()],
    ['HTML behind a JPEG header', jpegHeaderThenHtml()],
    ['SVG', svg()],
    ['GIF', gif()],
    ['nothing', Buffer.alloc(0)],
    ['four bytes', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ])('is refused: %s', async (_name, bytes) => {
    await expect(workshop.photo(bytes)).rejects.toMatchObject({
      name: 'DecodeError',
      code: expect.stringMatching(/^MEDIA\.(UNREADABLE|TRUNCATED)$/),
      retryable: false,
    });
  });

  it('is refused when its end is missing, at each tenth', async () => {
    const whole = await noisyJpeg();
    for (let tenth = 1; tenth <= 9; tenth += 1) {
      await expect(workshop.photo(truncated(whole, tenth / 10))).rejects.toMatchObject({
        code: 'MEDIA.TRUNCATED',
      });
    }
    const progressive = await sharp(whole).jpeg({ progressive: true }).toBuffer();
    await expect(workshop.photo(truncated(progressive, 0.5))).rejects.toMatchObject({
      code: 'MEDIA.TRUNCATED',
    });
    for (const format of ['png', 'webp', 'tiff'] as const) {
      const other = await sharp(whole)[format]().toBuffer();
      await expect(workshop.photo(truncated(other, 0.6), `image/${format}`)).rejects.toMatchObject({
        code: expect.stringMatching(/^MEDIA\.(TRUNCATED|UNREADABLE)$/),
        retryable: false,
      });
    }
  });

  it('is refused at once when it claims more pixels than a photo has', async () => {
    await workshop.photo(await plainJpeg(64, 64));
    for (const bomb of [bombPng(), await bombJpeg()]) {
      const started = Date.now();
      await expect(workshop.photo(bomb)).rejects.toMatchObject({
        code: 'MEDIA.TOO_MANY_PIXELS',
        retryable: false,
      });
      expect(Date.now() - started).toBeLessThan(1000);
    }
  });

  it('is refused when it holds less than its header says', async () => {
    await expect(workshop.photo(lyingPng(), 'image/png')).rejects.toMatchObject({ retryable: false });
  });

  it('is refused when it is HEIC in name only', async () => {
    const ftyp = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    expect(await sniff(ftyp)).toEqual({ mime: 'image/heic', extension: 'heic', kind: 'image' });
    for (const bytes of [ftyp, Buffer.concat([ftyp, Buffer.alloc(4000, 0x5a)]), html(), Buffer.alloc(0)]) {
      await expect(workshop.photo(bytes, 'image/heic')).rejects.toMatchObject({
        code: expect.stringMatching(/^MEDIA\.(UNREADABLE|TRUNCATED)$/),
        retryable: false,
      });
    }
  });

  it('leaves nothing behind', async () => {
    const before = await workshop.outputs();
    await expect(workshop.photo(truncated(await noisyJpeg(), 0.5))).rejects.toThrow();
    expect(await workshop.outputs()).toEqual(before);
  });
});
