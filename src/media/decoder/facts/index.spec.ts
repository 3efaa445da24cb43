import { describe, expect, it } from '@jest/globals';
import {
  box,
  movieHeader,
  movieTags,
  tiff,
  userText,
  withExifSegment,
  withPngChunks,
  pngChunk,
  pngText,
  withWebpChunks,
  withXmpSegment,
  xmp,
  type TiffDirectories,
} from '../../../../test/fixtures/metadata.js';
import { bufferBytes } from './bytes.js';
import { factsIn } from './index.js';

/** No pictures: only what a reader of metadata looks at. */
const jpeg = Buffer.from('ffd8ffda0002ffd9', 'hex');
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  pngChunk('IHDR', Buffer.alloc(13)),
  pngChunk('IDAT', Buffer.alloc(20_000)),
  pngChunk('IEND', Buffer.alloc(0)),
]);
const webp = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
const ftyp = box('ftyp', Buffer.from('isom'));

const inJpeg = (directories: TiffDirectories, little = true) =>
  factsIn(bufferBytes(withExifSegment(jpeg, tiff(directories, little))), 'image/jpeg');
const inMovie = (...content: Buffer[]) =>
  factsIn(
    bufferBytes(Buffer.concat([ftyp, box('mdat', Buffer.alloc(9000)), box('moov', ...content)])),
    'video/mp4',
  );

const nothing = {
  takenAt: null,
  camera: null,
  lens: null,
  exposure: { fNumber: null, exposureTime: null, iso: null, focalLength: null },
  gps: null,
  software: null,
  hasExif: false,
  edits: { programs: [], history: false, savedAt: null },
  provenance: { c2pa: false, ai: null, mark: null, generator: null },
  jpegQuality: null,
};
const place = (degrees: number, minutes: number, seconds: number) =>
  [
    [degrees, 1],
    [minutes, 1],
    [seconds, 1],
  ] as Array<readonly [number, number]>;
const south = (lat: unknown, lon: unknown) =>
  inJpeg({ gps: { 1: 'S', 2: lat, 3: 'E', 4: lon } as Record<number, string> }).gps;

const camera: TiffDirectories = {
  main: { 0x010f: 'Canon', 0x0110: 'Canon EOS 5D', 0x0131: 'v1', 0x0132: '2019:08:30 10:11:13' },
  exif: {
    0x829a: [[1, 200]],
    0x829d: [[28, 10]],
    0x8827: [100, 100],
    0x9003: '2019:08:30 10:11:12',
    0x9011: '+08:00',
    0x920a: [[35, 1]],
    0xa434: 'EF24-70mm',
  },
  gps: { 1: 'S', 2: place(27, 49, 30), 3: 'E', 4: place(113, 4, 48) },
};
const cameraFacts = {
  ...nothing,
  takenAt: '2019-08-30T10:11:12+08:00',
  camera: 'Canon EOS 5D',
  lens: 'EF24-70mm',
  exposure: { fNumber: 2.8, exposureTime: 0.005, iso: 100, focalLength: 35 },
  gps: { lat: -27.825, lon: expect.closeTo(113.08) },
  software: 'v1',
  hasExif: true,
};

describe('facts of a photo', () => {
  it('are what the camera wrote, in either byte order and in every container', () => {
    expect(inJpeg(camera)).toEqual(cameraFacts);
    expect(inJpeg(camera, false)).toEqual(cameraFacts);
    const block = tiff(camera);
    const files: Array<[string, Buffer]> = [
      ['image/png', withPngChunks(png, [pngChunk('eXIf', block)], 'back')],
      [
        'image/webp',
        withWebpChunks(webp, [
          ['VP8 ', Buffer.alloc(9001)],
          ['EXIF', block],
        ]),
      ],
      ['image/webp', withWebpChunks(webp, [['EXIF', Buffer.concat([Buffer.from('Exif\0\0'), block])]])],
      ['image/tiff', block],
    ];
    for (const [mime, file] of files) {
      expect({ mime, facts: factsIn(bufferBytes(file), mime) }).toEqual({ mime, facts: cameraFacts });
    }
  });

  it('are missing where nothing useful is written', () => {
    expect(factsIn(bufferBytes(jpeg), 'image/jpeg')).toEqual(nothing);
    expect(inJpeg({ main: { 0x0112: [6], 0x0131: 'WeChat' } })).toEqual({ ...nothing, software: 'WeChat' });
  });

  it.each([
    '0000:00:00 00:00:00',
    '2019:02:31 10:00:00',
    '2019:13:01 10:00:00',
    '    :  :     :  :  ',
    'soon',
  ])('hold no time that no clock shows: %s', (written) => {
    expect(inJpeg({ exif: { 0x9003: written } }).takenAt).toBeNull();
  });

  it('fall back to the time of digitising, without a made-up zone', () => {
    const digitized = (zone: string) =>
      inJpeg({ exif: { 0x9004: '2019:08:30 10:11:12', 0x9010: zone } }).takenAt;
    expect(digitized('later')).toBe('2019-08-30T10:11:12');
    expect(digitized('+99:99')).toBe('2019-08-30T10:11:12');
    expect(digitized('-03:30')).toBe('2019-08-30T10:11:12-03:30');
  });

  it.each([
    ['zero and zero', place(0, 0, 0), place(0, 0, 0)],
    [
      'a number that is none',
      [
        [1, 0],
        [0, 0],
        [0, 0],
      ],
      place(1, 0, 0),
    ],
    ['more than the globe has', place(91, 0, 0), place(1, 0, 0)],
    ['half a position', place(27, 0, 0), ''],
    ['text', 'here', 'there'],
  ])('hold no place for %s', (_name, lat, lon) => {
    expect(south(lat, lon)).toBeNull();
  });

  it('are short, on one line, and positive', () => {
    const facts = inJpeg({
      main: { 0x0110: 'x'.repeat(60_000) },
      exif: { 0xa434: 'a\u0001b\r\nc\u202ed', 0x829d: [[0, 2]], 0x829a: [[1, 0]], 0x8827: [0] },
    });
    expect(facts.camera?.length).toBeLessThanOrEqual(120);
    expect(facts.lens).toBe('a b c d');
    expect(facts.exposure).toEqual(nothing.exposure);
  });

  it('come from XMP where a program kept no EXIF', () => {
    const packet = xmp(
      'exif:DateTimeOriginal="2024-05-01T08:00:00+08:00" tiff:Make="NIKON" tiff:Model="Z 6" xmp:CreatorTool="Adobe Photoshop Lightroom 12.0"',
      '<exif:GPSLatitude>27,49.5N</exif:GPSLatitude><exif:GPSLongitude>113,4,48E</exif:GPSLongitude>',
    );
    expect(factsIn(bufferBytes(withXmpSegment(jpeg, packet)), 'image/jpeg')).toMatchObject({
      takenAt: '2024-05-01T08:00:00+08:00',
      camera: 'NIKON Z 6',
      gps: { lat: expect.closeTo(27.825), lon: expect.closeTo(113.08) },
      software: 'Adobe Photoshop Lightroom 12.0',
      hasExif: true,
    });
  });
});

describe('edit hints', () => {
  it('name the programs, by every way in which they name themselves', () => {
    const programs = (file: Buffer, mime = 'image/jpeg') => factsIn(bufferBytes(file), mime).edits.programs;
    const software = (name: string) => programs(withExifSegment(jpeg, tiff({ main: { 0x0131: name } })));
    expect(software('Adobe Photoshop 25.0 (Windows)')).toEqual(['Adobe Photoshop']);
    expect(software('Adobe Photoshop Lightroom Classic 12.0')).toEqual(['Adobe Lightroom']);
    expect(software('美图秀秀 Android')).toEqual(['美图秀秀']);
    expect(software('Snapseed 2.0')).toEqual(['Snapseed']);
    expect(software('VSCO')).toEqual(['VSCO']);
    for (const own of [
      'Ver.1.00',
      'HDR+ 1.0.199571065z',
      '18.1',
      'Digital Photo Professional',
      'MediaTek Camera Application',
    ]) {
      expect(software(own)).toEqual([]);
    }
    expect(programs(withExifSegment(jpeg, tiff({ main: { 0x013b: 'Meitu' } })))).toEqual(['美图秀秀']);
    expect(
      programs(withExifSegment(jpeg, tiff({ exif: { 0x9286: Buffer.from('{"product":"retouch"}') } }))),
    ).toEqual(['醒图']);
    expect(programs(withPngChunks(png, [pngText('Software', 'GIMP 2.10')]), 'image/png')).toEqual(['GIMP']);
    const history =
      '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="Adobe Photoshop Camera Raw 8.6"/>' +
      '<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action><stEvt:softwareAgent>Capture One 23</stEvt:softwareAgent></rdf:li></rdf:Seq></xmpMM:History>';
    expect(factsIn(bufferBytes(withXmpSegment(jpeg, xmp('', history))), 'image/jpeg').edits).toEqual({
      programs: ['Adobe Camera Raw', 'Capture One'],
      history: true,
      savedAt: null,
    });
  });

  it('tell developing from the empty settings that some cameras write', () => {
    const settings = (value: string) =>
      factsIn(
        bufferBytes(withXmpSegment(jpeg, xmp(`crs:HasSettings="${value}" crs:Version="7.0"`))),
        'image/jpeg',
      ).edits;
    expect(settings('True')).toMatchObject({ programs: ['Adobe Camera Raw'], history: true });
    expect(settings('False')).toMatchObject({ programs: [], history: false });
  });

  it('tell when a photo was saved later than it was taken, but not how long a camera took', () => {
    const savedAt = (modified: string, exif = {}) =>
      inJpeg({ main: { 0x0132: modified }, exif: { 0x9003: '2019:08:30 10:11:12', ...exif } }).edits.savedAt;
    expect(savedAt('2019:08:30 10:12:00')).toBeNull();
    expect(savedAt('2019:09:01 08:00:00')).toBe('2019-09-01T08:00:00');
    // One of the two clocks tells its zone: the difference of eight hours is none.
    expect(savedAt('2019:08:30 10:11:30', { 0x9011: '+08:00' })).toBeNull();
  });
});

describe('facts of a video', () => {
  it('are those of Apple’s keys, with the local time and its offset', () => {
    const tags = movieTags({
      'com.apple.quicktime.location.ISO6709': '+27.8250+113.0800+041.000/',
      'com.apple.quicktime.make': 'Apple',
      'com.apple.quicktime.model': 'iPhone 15 Pro',
      'com.apple.quicktime.software': '17.1',
      'com.apple.quicktime.creationdate': '2024-05-01T08:00:00+0800',
    });
    expect(inMovie(movieHeader(3_700_000_000), tags)).toEqual({
      ...nothing,
      takenAt: '2024-05-01T08:00:00+08:00',
      camera: 'Apple iPhone 15 Pro',
      gps: { lat: 27.825, lon: 113.08 },
      software: '17.1',
      hasExif: true,
    });
  });

  it('are those of Android: a plain moment, user data and keys of its own', () => {
    const tags = movieTags({ 'com.android.manufacturer': 'HUAWEI', 'com.android.model': 'P60' });
    const facts = inMovie(
      movieHeader(3_797_280_000),
      box('udta', userText('\xa9xyz', '+27.8250-113.0800/'), tags),
    );
    expect(facts).toMatchObject({
      takenAt: '2024-04-30T00:00:00Z',
      camera: 'HUAWEI P60',
      gps: { lat: 27.825, lon: -113.08 },
    });
  });

  it('are missing where the clock was never set and the receiver had no fix', () => {
    const empty = box('udta', userText('\xa9xyz', '+00.0000+000.0000/'));
    expect(inMovie(movieHeader(0), empty)).toEqual(nothing);
    expect(inMovie(movieHeader(2_082_844_800), empty).takenAt).toBeNull();
  });

  it('name the program that cut it', () => {
    const programs = (...content: Buffer[]) => inMovie(...content).edits.programs;
    expect(programs(box('udta', movieTags({ artwork: '{"source_type":"vicut","data":{}}' })))).toEqual([
      '剪映',
    ]);
    expect(programs(box('udta', movieTags({ te_is_reencode: '1' })))).toEqual(['剪映或抖音']);
    expect(programs(box('udta', userText('\xa9swr', 'Adobe Premiere Pro 2024')))).toEqual(['Adobe Premiere']);
    expect(programs(box('udta', userText('\xa9too', 'Lavf59.27.100')))).toEqual([]);
  });
});
