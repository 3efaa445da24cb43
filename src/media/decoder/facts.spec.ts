import { describe, expect, it } from '@jest/globals';
import { factsOf } from './facts.js';

const ascii = (value: string) => ({ value: [value], description: value });
const rational = (top: number, bottom: number) => ({ value: [top, bottom], description: `${top / bottom}` });
const place = (degrees: number, minutes: number, seconds: number) => ({
  value: [
    [degrees, 1],
    [minutes, 1],
    [seconds, 1],
  ],
  description: '',
});
const nothing = {
  takenAt: null,
  camera: null,
  lens: null,
  exposure: { fNumber: null, exposureTime: null, iso: null, focalLength: null },
  gps: null,
  software: null,
  hasExif: false,
};

describe('facts of a photo', () => {
  it('are what the camera wrote', () => {
    const facts = factsOf({
      Make: ascii('Canon'),
      Model: ascii('Canon EOS 5D'),
      LensModel: ascii('EF24-70mm'),
      DateTimeOriginal: ascii('2019:08:30 10:11:12'),
      OffsetTimeOriginal: ascii('+08:00'),
      FNumber: rational(28, 10),
      ExposureTime: rational(1, 200),
      ISOSpeedRatings: { value: [100, 100], description: '100' },
      FocalLength: rational(35, 1),
      Software: ascii('v1'),
      GPSLatitude: place(27, 49, 30),
      GPSLatitudeRef: { value: ['S'], description: 'South latitude' },
      GPSLongitude: place(113, 4, 48),
      GPSLongitudeRef: { value: ['E'], description: 'East longitude' },
    });
    expect(facts).toEqual({
      takenAt: '2019-08-30T10:11:12+08:00',
      camera: 'Canon EOS 5D',
      lens: 'EF24-70mm',
      exposure: { fNumber: 2.8, exposureTime: 0.005, iso: 100, focalLength: 35 },
      gps: { lat: -27.825, lon: expect.closeTo(113.08) },
      software: 'v1',
      hasExif: true,
    });
  });

  it('are missing where nothing useful is written', () => {
    expect(factsOf({})).toEqual(nothing);
    expect(
      factsOf({ Orientation: { value: 6, description: 'right-top' }, Software: ascii('WeChat') }),
    ).toEqual({
      ...nothing,
      software: 'WeChat',
    });
  });

  it.each([
    '0000:00:00 00:00:00',
    '2019:02:31 10:00:00',
    '2019:13:01 10:00:00',
    '    :  :     :  :  ',
    'soon',
  ])('hold no time that no clock shows: %s', (written) => {
    expect(factsOf({ DateTimeOriginal: ascii(written) }).takenAt).toBeNull();
  });

  it('fall back to the time of digitising, without a made-up zone', () => {
    expect(
      factsOf({ DateTimeDigitized: ascii('2019:08:30 10:11:12'), OffsetTime: ascii('later') }).takenAt,
    ).toBe('2019-08-30T10:11:12');
  });

  it.each([
    ['zero and zero', place(0, 0, 0), place(0, 0, 0)],
    [
      'a number that is none',
      {
        value: [
          [1, 0],
          [0, 0],
          [0, 0],
        ],
        description: '',
      },
      place(1, 0, 0),
    ],
    ['more than the globe has', place(91, 0, 0), place(1, 0, 0)],
    ['half a position', place(27, 0, 0), undefined],
    ['text', ascii('here'), ascii('there')],
  ])('hold no place for %s', (_name, GPSLatitude, GPSLongitude) => {
    expect(factsOf({ GPSLatitude, GPSLongitude }).gps).toBeNull();
  });

  it('are short, on one line, and positive', () => {
    const facts = factsOf({
      Model: ascii('x'.repeat(100_000)),
      LensModel: ascii('a\u0000b\r\nc\u202ed'),
      FNumber: rational(-1, 2),
      ExposureTime: rational(1, 0),
      ISOSpeedRatings: { value: Infinity, description: '' },
    });
    expect(facts.camera?.length).toBeLessThanOrEqual(120);
    expect(facts.lens).toBe('a b c d');
    expect(facts.exposure).toEqual(nothing.exposure);
  });
});
