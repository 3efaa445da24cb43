import type { Exif } from 'sharp';
import type { Rng } from './prng.js';

interface Camera {
  make: string;
  model: string;
  lens: string;
  software: string;
  fNumber: number;
  /** Focal length in tenths of a millimetre, and its 35 mm equivalent. */
  focal: number;
  focal35: number;
  /** Phones know where they are. */
  phone: boolean;
}

const CAMERAS: readonly Camera[] = [
  {
    make: 'HUAWEI',
    model: 'VOG-AL00',
    lens: 'Leica 27 mm',
    software: 'VOG-AL00 9.1.0',
    fNumber: 1.6,
    focal: 56,
    focal35: 27,
    phone: true,
  },
  {
    make: 'Apple',
    model: 'iPhone XS',
    lens: 'iPhone XS back dual camera 4.25mm f/1.8',
    software: '12.4',
    fNumber: 1.8,
    focal: 43,
    focal35: 26,
    phone: true,
  },
  {
    make: 'Xiaomi',
    model: 'MI 9',
    lens: 'Main camera',
    software: 'cepheus-user 9',
    fNumber: 1.8,
    focal: 48,
    focal35: 26,
    phone: true,
  },
  {
    make: 'vivo',
    model: 'V1836A',
    lens: 'Main camera',
    software: 'PD1824',
    fNumber: 1.8,
    focal: 47,
    focal35: 25,
    phone: true,
  },
  {
    make: 'OPPO',
    model: 'PCCM00',
    lens: 'Main camera',
    software: 'ColorOS 6',
    fNumber: 1.7,
    focal: 47,
    focal35: 25,
    phone: true,
  },
  {
    make: 'Canon',
    model: 'Canon EOS 6D Mark II',
    lens: 'EF24-105mm f/4L IS II USM',
    software: 'Firmware 1.0.5',
    fNumber: 4,
    focal: 350,
    focal35: 35,
    phone: false,
  },
  {
    make: 'NIKON CORPORATION',
    model: 'NIKON D750',
    lens: '24.0-120.0 mm f/4.0',
    software: 'Ver.1.15',
    fNumber: 5.6,
    focal: 500,
    focal35: 50,
    phone: false,
  },
  {
    make: 'SONY',
    model: 'ILCE-7M3',
    lens: 'FE 24-70mm F2.8 GM',
    software: 'ILCE-7M3 v3.01',
    fNumber: 2.8,
    focal: 280,
    focal35: 28,
    phone: false,
  },
  {
    make: 'FUJIFILM',
    model: 'X-T3',
    lens: 'XF23mmF2 R WR',
    software: 'Digital Camera X-T3 Ver3.00',
    fNumber: 2,
    focal: 230,
    focal35: 35,
    phone: false,
  },
  {
    make: 'DJI',
    model: 'FC220',
    lens: '26 mm f/2.2',
    software: 'v01.04',
    fNumber: 2.2,
    focal: 47,
    focal35: 26,
    phone: true,
  },
];

/** Tianyuan district lies about here (WGS 84). */
const CENTRE = { latitude: 27.826, longitude: 113.088 };

/** Degrees as the three rationals that EXIF wants: degrees, minutes, hundredths of a second. */
export function dms(degrees: number): string {
  const hundredths = Math.round(Math.abs(degrees) * 360_000);
  const d = Math.floor(hundredths / 360_000);
  const m = Math.floor((hundredths % 360_000) / 6_000);
  return `${d}/1 ${m}/1 ${hundredths % 6_000}/100`;
}

/**
 * What a camera would have written, apart from the orientation.
 * @param takenAt the local time as EXIF writes it, `YYYY:MM:DD hh:mm:ss`
 * @param dark 0 by day, 1 at night: decides exposure and sensitivity
 */
export function captureFacts(rng: Rng, takenAt: string, dark: number): Exif {
  const camera = rng.pick(CAMERAS);
  const exposure =
    dark > 0.6 ? rng.pick(['1/15', '1/25', '1/30']) : rng.pick(['1/125', '1/250', '1/500', '1/1000']);
  const iso = dark > 0.6 ? rng.pick([800, 1600, 3200]) : rng.pick([50, 100, 200]);
  const exif: Exif = {
    IFD0: { Make: camera.make, Model: camera.model, Software: camera.software, DateTime: takenAt },
    IFD2: {
      DateTimeOriginal: takenAt,
      DateTimeDigitized: takenAt,
      OffsetTimeOriginal: '+08:00',
      ExposureTime: exposure,
      FNumber: `${Math.round(camera.fNumber * 10)}/10`,
      ISOSpeedRatings: String(iso),
      FocalLength: `${camera.focal}/10`,
      FocalLengthIn35mmFilm: String(camera.focal35),
      LensModel: camera.lens,
    },
  };
  if (camera.phone && rng.chance(0.7)) {
    exif.IFD3 = {
      GPSLatitudeRef: 'N',
      GPSLatitude: dms(CENTRE.latitude + rng.range(-0.06, 0.06)),
      GPSLongitudeRef: 'E',
      GPSLongitude: dms(CENTRE.longitude + rng.range(-0.05, 0.05)),
    };
  }
  return exif;
}

/** A moment in the two months before the deadline, at an hour that suits the light; local time. */
export function momentBefore(
  rng: Rng,
  closesAt: Date,
  timeZone: string,
  hours: readonly [number, number],
): string {
  const day = new Date(closesAt.getTime() - rng.range(3, 60) * 86_400_000);
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
    .format(day)
    .replaceAll('-', ':');
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date} ${two(rng.int(hours[0], hours[1]))}:${two(rng.int(0, 59))}:${two(rng.int(0, 59))}`;
}
