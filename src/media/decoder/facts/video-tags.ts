import type { Metadata } from './metadata.js';
import { cameraOf, clean, momentOf, placeIn } from './values.js';
import type { OtherFacts } from './xmp-facts.js';

/** Seconds from 1904, where QuickTime's clock begins, to 1970. */
const epoch = 2_082_844_800;
/** A header with an earlier date comes from a clock that was never set. */
const oldestVideo = Date.UTC(1990, 0, 1) / 1000;

/**
 * A video's tags: Apple's keys, QuickTime's user data, Android's keys, 3GPP's place. Apple writes local time with its
 * offset; the movie's header has a plain moment, which is given in UTC, and which in a clip that was cut is that of
 * the cutting.
 */
export function factsInTexts({ texts, movieTime }: Metadata): OtherFacts {
  const value = (...names: string[]) => texts.find(({ name }) => names.includes(name))?.value ?? null;
  const make = clean(value('com.apple.quicktime.make', '\xa9mak', 'com.android.manufacturer'));
  const model = clean(value('com.apple.quicktime.model', '\xa9mod', 'com.android.model'));
  return {
    takenAt:
      momentOf(value('com.apple.quicktime.creationdate')) ??
      momentOf(value('\xa9day')) ??
      headerMoment(movieTime),
    camera: cameraOf(make, model),
    lens: clean(value('com.apple.quicktime.camera.lens_model')),
    gps: placeIn(value('com.apple.quicktime.location.ISO6709', '\xa9xyz')),
    software: clean(value('com.apple.quicktime.software', '\xa9swr', '\xa9too', 'Software', 'software')),
  };
}

function headerMoment(movieTime: number): string | null {
  const seconds = movieTime - epoch;
  if (seconds < oldestVideo || seconds > 32_503_680_000) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
