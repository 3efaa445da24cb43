import { describe, expect, it } from '@jest/globals';
import {
  box,
  manifestStore,
  movieTags,
  pngChunk,
  pngText,
  tiff,
  withExifSegment,
  withManifest,
  withPngChunks,
  withWebpChunks,
  withXmpSegment,
  xmp,
  aigcLabel,
} from '../../../../test/fixtures/metadata.js';
import { bufferBytes } from './bytes.js';
import { readCbor } from './cbor.js';
import { factsIn } from './index.js';

const jpeg = Buffer.from('ffd8ffda0002ffd9', 'hex');
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  pngChunk('IHDR', Buffer.alloc(13)),
  pngChunk('IEND', Buffer.alloc(0)),
]);
const store = manifestStore({ generator: 'x', actions: [{ action: 'c2pa.created' }] });
const block = tiff({
  main: { 0x010f: 'Make', 0x0132: '2019:01:01 00:00:00' },
  exif: { 0x9003: '2019:01:01 00:00:00' },
  gps: {
    1: 'N',
    2: [
      [1, 1],
      [1, 1],
      [1, 1],
    ],
  },
});
const packet = xmp(
  'xmp:CreatorTool="x"',
  `<TC260:AIGC>${aigcLabel('1', 'x').replaceAll('"', '&quot;')}</TC260:AIGC>`,
);

const files: Record<string, Buffer> = {
  'image/jpeg': withManifest(withXmpSegment(withExifSegment(jpeg, block), packet), store.subarray(0, 2000)),
  'image/png': withPngChunks(png, [
    pngChunk('eXIf', block),
    pngText('parameters', 'Steps: 1, Sampler: x'),
    pngChunk('caBX', store.subarray(0, 2000)),
  ]),
  'image/webp': withWebpChunks(Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), [
    ['EXIF', block],
    ['XMP ', Buffer.from(packet)],
  ]),
  'image/tiff': block,
  'video/mp4': Buffer.concat([
    box('ftyp', Buffer.alloc(4)),
    box('moov', box('udta', movieTags({ a: 'b', AIGC: '{}' }))),
  ]),
};

/** Repeatable numbers (Numerical Recipes' generator). */
function random(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % most;
  };
}

function slowest(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('damaged metadata', () => {
  it.each(Object.keys(files))('never throws, whatever byte of %s is wrong', (mime) => {
    const next = random(7);
    for (let run = 0; run < 1500; run += 1) {
      const file = Buffer.from(files[mime]);
      for (let wrong = 0; wrong <= run % 4; wrong += 1) {
        file[next(file.length)] = [0, 1, 0x7f, 0xff, next(256)][next(5)];
      }
      const cut = run % 3 === 0 ? file.subarray(0, next(file.length)) : file;
      expect(() => factsIn(bufferBytes(cut), mime)).not.toThrow();
    }
  });
});

describe('hostile metadata', () => {
  const MiB = 1024 * 1024;
  const open = (name: string) => `<${name}>`.repeat(20_000);
  const endless: Array<[string, string, () => Buffer]> = [
    [
      'properties without an end',
      'image/png',
      () => withXmp(`${xmp('')}${'xmp:CreatorTool="'.repeat(30_000)}`),
    ],
    ['elements without an end', 'image/png', () => withXmp(`${xmp('')}${open('stEvt:softwareAgent')}`)],
    [
      'declarations without an end',
      'image/png',
      () => withXmp('xmlns:a="http://ns.adobe.com/xap/1.0/" '.repeat(12_000)),
    ],
    [
      'a million empty chunks',
      'image/png',
      () => Buffer.concat([png.subarray(0, 33), Buffer.alloc(12 * MiB)]),
    ],
    [
      'a million empty boxes',
      'video/mp4',
      () =>
        Buffer.concat(
          Array.from({ length: 100 }, () => box('free').toString('latin1').repeat(10_000)).map((text) =>
            Buffer.from(text, 'latin1'),
          ),
        ),
    ],
    [
      'braces without an end',
      'image/png',
      () => withPngChunks(png, [pngText('AIGC', '{'.repeat(MiB)), pngText('x', 'AIGC'.repeat(MiB / 4))]),
    ],
    ['brackets in CBOR', 'image/png', () => withPngChunks(png, [pngChunk('caBX', Buffer.alloc(MiB, 0x81))])],
    ['items of no size in no pieces', 'image/avif', manyExtents],
    ['an inflating text', 'image/png', () => withPngChunks(png, [pngChunk('zTXt', Buffer.alloc(100))])],
  ];
  it.each(endless)('%s in %s cost little', (_name, mime, make) => {
    const file = make();
    expect(slowest(() => factsIn(bufferBytes(file), mime))).toBeLessThan(1500);
  });

  it('is not decoded deeper or longer than any claim is', () => {
    expect(readCbor(Buffer.alloc(100_000, 0x81))).toBeNull();
    expect(readCbor(Buffer.from([0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))).toBeNull();
    expect(readCbor(Buffer.from([0x7b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x41]))).toBeNull();
    // { "a": [1, -2, "b", true, null], "c": (tag) 0 }, the list without a length beforehand
    const text = Buffer.from('a261619f01216162f5f6ff6163c100', 'hex');
    expect(readCbor(text)).toEqual({ a: [1, -2, 'b', true, null], c: 0 });
  });

  function withXmp(text: string): Buffer {
    return withPngChunks(png, [pngText('XML:com.adobe.xmp', text)]);
  }

  /** Locations that need no bytes for their extents: 65,535 for each of 5,000 items. */
  function manyExtents(): Buffer {
    const items = Buffer.concat(
      Array.from({ length: 5000 }, (_, id) => Buffer.from([id >> 8, id & 255, 0, 0, 0xff, 0xff])),
    );
    const iloc = box('iloc', Buffer.from([0, 0, 0, 0, 0x00, 0x00, 0x13, 0x88]), items);
    return Buffer.concat([
      box('ftyp', Buffer.alloc(4)),
      box('meta', Buffer.alloc(4), box('iinf', Buffer.alloc(6)), iloc),
    ]);
  }
});
