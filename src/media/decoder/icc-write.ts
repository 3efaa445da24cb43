/** Red, green and blue as CIE XYZ adapted to D50, in which ICC profiles give everything. */
export type Colorants = readonly [red: Xyz, green: Xyz, blue: Xyz];
type Xyz = readonly [x: number, y: number, z: number];

const d50: Xyz = [0.9642, 1, 0.8249];

/**
 * An RGB profile of a matrix and one curve (ICC.1:2022, 8.3.3), with what a conversion needs and no more.
 * `curve` is a tag from {@link parametric} or {@link table}; it takes encoded values to linear light.
 */
export function rgbProfile([red, green, blue]: Colorants, curve: Buffer): Buffer {
  const tags: ReadonlyArray<readonly [name: string, data: Buffer]> = [
    ['wtpt', xyzTag(d50)],
    ['rXYZ', xyzTag(red)],
    ['gXYZ', xyzTag(green)],
    ['bXYZ', xyzTag(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const head = Buffer.alloc(128 + 4 + 12 * tags.length);
  head.writeUInt32BE(0x04200000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  xyzTag(d50).copy(head, 68, 8);
  head.writeUInt32BE(tags.length, 128);
  let at = head.length;
  for (const [index, [name, data]] of tags.entries()) {
    const entry = 132 + 12 * index;
    head.write(name, entry, 'latin1');
    head.writeUInt32BE(at, entry + 4);
    head.writeUInt32BE(data.length, entry + 8);
    at += data.length;
  }
  head.writeUInt32BE(at, 0);
  return Buffer.concat([head, ...tags.map(([, data]) => data)]);
}

/** 10.18, function 0: `x ** gamma`; function 3: `(a x + b) ** gamma` from d on, below it `c x`. */
export function parametric(
  gamma: number,
  rest: readonly [] | readonly [a: number, b: number, c: number, d: number] = [],
): Buffer {
  const tag = Buffer.alloc(12 + 4 * (1 + rest.length));
  tag.write('para', 0, 'latin1');
  tag.writeUInt16BE(rest.length === 0 ? 0 : 3, 8);
  for (const [index, value] of [gamma, ...rest].entries()) fixed(tag, 12 + 4 * index, value);
  return tag;
}

/** 10.6: what a function makes of 0…1, at 4,096 places. An even number of them keeps tags at multiples of four. */
export function table(light: (value: number) => number): Buffer {
  const places = 4096;
  const tag = Buffer.alloc(12 + 2 * places);
  tag.write('curv', 0, 'latin1');
  tag.writeUInt32BE(places, 8);
  for (let place = 0; place < places; place += 1) {
    tag.writeUInt16BE(Math.round(65_535 * light(place / (places - 1))), 12 + 2 * place);
  }
  return tag;
}

function xyzTag(values: Xyz): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 0, 'latin1');
  for (const [index, value] of values.entries()) fixed(tag, 8 + 4 * index, value);
  return tag;
}

/** s15Fixed16. */
const fixed = (tag: Buffer, at: number, value: number) => tag.writeInt32BE(Math.round(value * 65_536), at);
