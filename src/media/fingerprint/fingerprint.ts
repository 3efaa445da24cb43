import { brightnessOf, squareOf, type Box, type Picture } from './area.js';
import { insideBorder } from './border.js';
import { hashedSide, perceptualHash } from './hash.js';
import { leastTexture, packTexture, textureOf } from './texture.js';
import { views, type Window } from './views.js';

/** What is kept of one picture to find others that look like it: about 370 bytes. */
export interface Frame {
  /** A 64-bit hash of each view, 16 hexadecimal digits; where a border was left out, one more of all with it. */
  hashes: string[];
  /** How far the border reaches out, as shares of the width and height of what lies inside: left, top, right, bottom. */
  border: [number, number, number, number];
  /** See texture.ts: 256 bytes, base64. */
  texture: string;
}

/** One frame of a photo, several of a video; none of what shows too little to be told from another. */
export type Fingerprint = Frame[];

export function fingerprintOf(picture: Picture): Fingerprint {
  const brightness = brightnessOf(picture);
  const inside = insideBorder(brightness);
  const texture = textureOf(brightness, inside);
  if (texture.strength < leastTexture) return [];
  const hash = (box: Box) => perceptualHash(squareOf(brightness, box, hashedSide));
  const hashes = views.map((view) => hash(within(inside, view)));
  const { left, top, right, bottom } = inside;
  const width = right - left;
  const height = bottom - top;
  const border: Frame['border'] = [
    left / width,
    top / height,
    (picture.width - right) / width,
    (picture.height - bottom) / height,
  ];
  if (border.some((share) => share > 0)) {
    hashes.push(hash({ left: 0, top: 0, right: picture.width, bottom: picture.height }));
  }
  return [{ hashes, border, texture: packTexture(texture) }];
}

function within({ left, top, right, bottom }: Box, view: Window): Box {
  const width = right - left;
  const height = bottom - top;
  return {
    left: left + view.left * width,
    top: top + view.top * height,
    right: left + view.right * width,
    bottom: top + view.bottom * height,
  };
}
