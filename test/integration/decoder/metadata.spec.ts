import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { PhotoResult, VideoResult } from '../../../src/media/decoder/results.js';
import { heifFile } from '../../fixtures/heif-file.js';
import { iccProfile, plainJpeg, withSegment } from '../../fixtures/bad-media.js';
import {
  aigcLabel,
  box,
  digitalSource,
  manifestBox,
  manifestStore,
  movieTags,
  pngChunk,
  pngLongText,
  pngText,
  samsungTrailer,
  tiff,
  tiffPicture,
  type TiffDirectories,
  userText,
  withExifSegment,
  withManifest,
  withPngChunks,
  withWebpChunks,
  withXmpSegment,
  xmp,
} from '../../fixtures/metadata.js';
import { encodeClip } from './support/film.js';
import { hevcStill } from './support/still.js';
import { boxes, withMovieBoxes, withTrackWords } from './support/mp4-boxes.js';
import { Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

const canary = 'CANARY7Q9Z';
const degrees = [
  [27, 1],
  [49, 1],
  [30, 1],
] as const;
/** Every field that people and programs write into; SECURITY.md, “Everything shown is re-encoded, without metadata”. */
const fields: TiffDirectories = {
  main: {
    0x010e: canary,
    0x010f: canary,
    0x0110: canary,
    0x0131: canary,
    0x013b: canary,
    0x8298: canary,
    0x9c9b: Buffer.from(canary, 'utf16le'),
  },
  exif: {
    0x9003: '2019:08:30 10:11:12',
    0x9011: '+08:00',
    0x9286: Buffer.from(`ASCII\0\0\0${canary}`),
    0x927c: Buffer.from(`maker ${canary}`),
    0xa430: canary,
    0xa431: canary,
    0xa433: canary,
    0xa434: canary,
    0xa435: canary,
  },
  gps: { 1: 'N', 2: [...degrees], 3: 'E', 4: [...degrees], 27: Buffer.from(canary), 28: Buffer.from(canary) },
};
const block = tiff(fields);
const packet = xmp(
  `xmp:CreatorTool="${canary}" photoshop:Credit="${canary}" Iptc4xmpExt:DigitalSourceType="${digitalSource('trainedAlgorithmicMedia')}"`,
  `<dc:description>${canary}</dc:description><TC260:AIGC>${aigcLabel('1', canary).replaceAll('"', '&quot;')}</TC260:AIGC>`,
);
const store = manifestStore({ generator: canary, actions: [{ action: `c2pa.${canary}` }] });
const iptc = Buffer.concat([
  Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x50\0\x0a', 'latin1'),
  Buffer.from(`${canary}\0`),
]);
/** A profile whose name is the canary: its description tag is pointed at a text of ours. */
async function profile(): Promise<Buffer> {
  const icc = await iccProfile('p3');
  const text = Buffer.concat([
    Buffer.from('desc\0\0\0\0\0\0\0\x0b', 'latin1'),
    Buffer.from(`${canary}\0`),
    Buffer.alloc(80),
  ]);
  const longer = Buffer.concat([icc, text]);
  longer.writeUInt32BE(longer.length, 0);
  for (let entry = 132; entry < 132 + 12 * icc.readUInt32BE(128); entry += 12) {
    if (icc.toString('latin1', entry, entry + 4) !== 'desc') continue;
    longer.writeUInt32BE(icc.length, entry + 4);
    longer.writeUInt32BE(text.length, entry + 8);
  }
  return longer;
}

/** What must be nowhere in a rendition: the canary in three encodings, and the place as EXIF holds it. */
const place = [true, false].map((little) => {
  const bytes = Buffer.alloc(24);
  degrees.flat().forEach((one, index) => bytes[little ? 'writeUInt32LE' : 'writeUInt32BE'](one, 4 * index));
  return bytes;
});
const traces: Array<[string, Buffer]> = [
  ['the canary', Buffer.from(canary)],
  ['the canary in UTF-16', Buffer.from(canary, 'utf16le')],
  ['the canary in UTF-16, the other way', Buffer.from(canary, 'utf16le').swap16()],
  ['the place', place[0]],
  ['the place, the other way', place[1]],
  ['an XMP namespace', Buffer.from('ns.adobe.com')],
  ['a manifest store', Buffer.from('jumb')],
];

async function expectClean({ renditions, facts, ...report }: PhotoResult | VideoResult): Promise<void> {
  expect(facts.takenAt).not.toBeNull();
  for (const { name, file } of renditions) {
    const bytes = await readFile(file);
    const found = traces.filter(([, trace]) => bytes.includes(trace)).map(([trace]) => trace);
    expect({ name, found }).toEqual({ name, found: [] });
  }
  expect(JSON.stringify(report)).not.toContain(canary);
}

const count = (file: Buffer): number => file.toString('latin1').split(canary).length - 1;

describe('no metadata of a photo is in its renditions', () => {
  it('from a JPEG: EXIF, XMP, IPTC, profile, comment, JUMBF, unknown segments, trailers', async () => {
    const base = await sharp(await plainJpeg())
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const segments: Array<[number, Buffer]> = [
      [0xfe, Buffer.from(canary)],
      [0xed, iptc],
      [0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), await profile()])],
      [0xef, Buffer.from(`AIGC${aigcLabel('1', canary)}`)],
    ];
    const marked = segments.reduce(
      (file, [marker, payload]) => withSegment(file, marker, payload),
      withManifest(base, store),
    );
    const jpeg = Buffer.concat([
      withExifSegment(withXmpSegment(marked, packet), block),
      Buffer.from(canary),
      samsungTrailer('PhotoEditor_Re_Edit_Data', canary),
    ]);
    expect(count(jpeg)).toBeGreaterThan(25);
    const photo = await workshop.photo(jpeg);
    await expectClean(photo);
    expect(photo.facts).toMatchObject({
      camera: canary.concat(' ', canary).slice(0, canary.length),
      gps: { lat: expect.closeTo(27.825), lon: expect.closeTo(27.825) },
      provenance: { c2pa: true, ai: 'generated', mark: 'IPTC', generator: canary },
    });
  });

  it('from a PNG: texts of every kind, eXIf, profile, manifest', async () => {
    const plain = await sharp(await plainJpeg())
      .png()
      .toBuffer();
    const png = withPngChunks(plain, [
      pngChunk('iCCP', Buffer.concat([Buffer.from(`${canary}\0\0`), deflateSync(await profile())])),
      pngText('Comment', canary),
      pngText(canary, 'x'),
      pngLongText('XML:com.adobe.xmp', packet),
      pngChunk('zTXt', Buffer.concat([Buffer.from('Author\0\0'), deflateSync(Buffer.from(canary))])),
      pngChunk('eXIf', block),
      pngChunk('caBX', store),
    ]);
    expect(count(png)).toBeGreaterThan(15);
    await expectClean(await workshop.photo(png, 'image/png'));
  });

  it('from a WebP: EXIF, XMP, manifest', async () => {
    const plain = await sharp(await plainJpeg())
      .withExif({ IFD0: { Artist: canary } })
      .webp()
      .toBuffer();
    const webp = withWebpChunks(plain, [
      ['EXIF', block],
      ['XMP ', Buffer.from(packet)],
      ['C2PA', store],
    ]);
    const photo = await workshop.photo(webp, 'image/webp');
    for (const { file } of photo.renditions) expect((await readFile(file)).includes(canary)).toBe(false);
    const whole = await sharp(await plainJpeg())
      .withXmp(packet)
      .withExif({
        IFD0: { Artist: canary, ImageDescription: canary },
        IFD2: { DateTimeOriginal: '2019:08:30 10:11:12' },
      })
      .webp()
      .toBuffer();
    await expectClean(await workshop.photo(whole, 'image/webp'));
  });

  it('from a TIFF: tags', async () => {
    const picture = tiffPicture({
      ...fields,
      main: { ...fields.main, 0x02bc: Buffer.from(packet), 0x83bb: iptc, 0xcd41: store },
    });
    expect(count(picture)).toBeGreaterThan(20);
    const photo = await workshop.photo(picture, 'image/tiff');
    await expectClean(photo);
    expect(photo.facts).toMatchObject({
      lens: canary,
      software: canary,
      gps: { lat: expect.closeTo(27.825), lon: expect.closeTo(27.825) },
      provenance: { c2pa: true, ai: 'generated', mark: 'IPTC' },
    });
  });

  it('from an AVIF: items and boxes', async () => {
    const plain = await sharp(await plainJpeg(320, 240))
      .withXmp(packet)
      .withExif({
        IFD0: { Artist: canary, Software: canary },
        IFD2: { DateTimeOriginal: '2019:08:30 10:11:12', LensModel: canary },
      })
      .avif({ effort: 0 })
      .toBuffer();
    const avif = Buffer.concat([plain, manifestBox(store), box('free', Buffer.from(canary))]);
    expect(count(avif)).toBeGreaterThan(4);
    const photo = await workshop.photo(avif, 'image/avif');
    await expectClean(photo);
    expect(photo.facts).toMatchObject({
      lens: canary,
      software: canary,
      provenance: { c2pa: true, ai: 'generated' },
    });
  });

  it('from a HEIC: EXIF, profile, boxes', async () => {
    const still = await hevcStill({ width: 320, height: 240, at: (x, y) => [x & 255, y & 255, 90] });
    const heic = Buffer.concat([
      heifFile({ still, exif: block, colour: { icc: await profile() } }),
      manifestBox(store),
      box('free', Buffer.from(canary)),
    ]);
    expect(count(heic)).toBeGreaterThan(15);
    const photo = await workshop.photo(heic, 'image/heic');
    await expectClean(photo);
    expect(photo.facts).toMatchObject({
      lens: canary,
      gps: { lat: expect.closeTo(27.825), lon: expect.closeTo(27.825) },
      provenance: { c2pa: true, generator: canary },
    });
  });
});

describe('no metadata of a video is in its renditions', () => {
  it('user data, tags, boxes with a UUID, free space, names of tracks, handlers and compressors', async () => {
    const clip = withTrackWords(await encodeClip(2, 0), canary);
    const mp4 = Buffer.concat([
      withMovieBoxes(clip, [
        box(
          'udta',
          userText('\xa9xyz', '+27.8250+113.0800/'),
          userText('\xa9nam', canary),
          userText('\xa9swr', canary),
          movieTags({ AIGC: aigcLabel('1', canary), comment: canary }),
        ),
        movieTags({
          'com.apple.quicktime.make': canary,
          'com.apple.quicktime.creationdate': '2019-08-30T10:11:12+0800',
        }),
        box('free', Buffer.from(canary)),
      ]),
      manifestBox(store),
      box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from(packet)),
      box('free', Buffer.from(canary)),
    ]);
    expect(count(mp4)).toBeGreaterThan(10);
    expect(boxes(mp4).map(({ type }) => type)).toContain('uuid');
    const video = await workshop.video(mp4);
    await expectClean(video);
    expect(video.facts).toMatchObject({
      takenAt: '2019-08-30T10:11:12+08:00',
      camera: canary,
      gps: { lat: 27.825, lon: 113.08 },
      provenance: { c2pa: true, ai: 'generated', generator: canary },
    });
    const play = await readFile(video.renditions.find(({ name }) => name === 'play')!.file);
    for (const trace of ['udta', 'uuid', '+27.8250', 'quicktime']) {
      expect({ trace, at: play.indexOf(trace) }).toEqual({ trace, at: -1 });
    }
  });
});
