import sharp, { type Sharp } from 'sharp';

/** A picture as a file, and its size. */
export interface Original {
  file: Buffer;
  width: number;
  height: number;
}

type Change = (original: Original) => Promise<Buffer>;

const jpeg = (picture: Sharp, quality = 85) => picture.jpeg({ quality }).toBuffer();
const simple =
  (change: (picture: Sharp) => Sharp, quality?: number): Change =>
  ({ file }) =>
    jpeg(change(sharp(file)), quality);

/** Shares cut off: left, top, right, bottom. */
const cut =
  (left: number, top: number, right: number, bottom: number): Change =>
  ({ file, width, height }) =>
    jpeg(
      sharp(file).extract({
        left: Math.floor(left * width),
        top: Math.floor(top * height),
        width: Math.floor((1 - left - right) * width),
        height: Math.floor((1 - top - bottom) * height),
      }),
    );

/** Shares added: top, right, bottom, left. */
const framed =
  (top: number, right: number, bottom: number, left: number, background: string): Change =>
  ({ file, width, height }) =>
    jpeg(
      sharp(file).extend({
        top: Math.round(top * height),
        right: Math.round(right * width),
        bottom: Math.round(bottom * height),
        left: Math.round(left * width),
        background,
      }),
    );

/** Letters as blocks, since a bare machine has no font: a line of them from x, y on, `size` high, in shares. */
function line(x: number, y: number, size: number, letters: number, opacity: number, colour = '#fff'): Change {
  return ({ file, width, height }) => {
    const step = size * height;
    const blocks = Array.from({ length: letters }, (_, index) => {
      const left = x * width + index * step * 0.75;
      const high = step * (index % 3 === 0 ? 1 : 0.7);
      return `<rect x="${left}" y="${y * height - high}" width="${step * 0.5}" height="${high}" rx="${step * 0.1}"/>`;
    });
    return overlaid(
      file,
      width,
      height,
      `<g fill="${colour}" fill-opacity="${opacity}">${blocks.join('')}</g>`,
    );
  };
}

function overlaid(file: Buffer, width: number, height: number, drawing: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawing}</svg>`;
  return jpeg(sharp(file).composite([{ input: Buffer.from(svg) }]));
}

const tiled: Change = ({ file, width, height }) => {
  const marks = Array.from({ length: 20 }, (_, index) => {
    const x = ((index % 4) * width) / 4;
    const y = ((Math.floor(index / 4) + 0.5) * height) / 5;
    return `<rect transform="translate(${x} ${y}) rotate(-25)" width="${width / 7}" height="${width / 45}"/>`;
  });
  return overlaid(file, width, height, `<g fill="#fff" fill-opacity=".4">${marks.join('')}</g>`);
};

/** Turned, and cut so that no corner is empty. */
const turned =
  (degrees: number): Change =>
  async ({ file, width, height }) => {
    const angle = (degrees * Math.PI) / 180;
    const share = 1 / (Math.cos(angle) + Math.max(width / height, height / width) * Math.sin(angle));
    const { data, info } = await sharp(file).rotate(degrees).toBuffer({ resolveWithObject: true });
    const [w, h] = [Math.floor(width * share), Math.floor(height * share)];
    const left = Math.floor((info.width - w) / 2);
    return jpeg(sharp(data).extract({ left, top: Math.floor((info.height - h) / 2), width: w, height: h }));
  };

/** To 16:9, or 9:16 where it stands upright. */
const toWide: Change = (original) => {
  const { width, height } = original;
  const off = Math.max(0, (1 - (Math.max(width, height) * 9) / 16 / Math.min(width, height)) / 2);
  return (width > height ? cut(0, off, 0, off) : cut(off, 0, off, 0))(original);
};

async function inTurn(original: Original, ...changes: Change[]): Promise<Buffer> {
  let { file, width, height } = original;
  for (const change of changes) {
    file = await change({ file, width, height });
    ({ width, height } = await sharp(file).metadata());
  }
  return file;
}

/** The kinds of copy that people make, by what was done. */
export const copies: Record<string, Record<string, Change>> = {
  'resized and recompressed': {
    'half the size': ({ file, width }) => jpeg(sharp(file).resize(Math.round(width / 2))),
    'a fifth of the size': ({ file, width }) => jpeg(sharp(file).resize(Math.round(width / 5))),
    'JPEG quality 50': simple((picture) => picture, 50),
    'JPEG quality 15': simple((picture) => picture, 15),
    'WebP quality 50': ({ file }) => sharp(file).webp({ quality: 50 }).toBuffer(),
    PNG: ({ file }) => sharp(file).png().toBuffer(),
    'stretched by 10 %': ({ file, width, height }) =>
      jpeg(sharp(file).resize(Math.round(width * 0.9), height, { fit: 'fill' })),
  },
  'lightly cut': {
    '2 % a side': cut(0.02, 0.02, 0.02, 0.02),
    '5 % a side': cut(0.05, 0.05, 0.05, 0.05),
    '7.5 % a side': cut(0.075, 0.075, 0.075, 0.075),
    '10 % a side': cut(0.1, 0.1, 0.1, 0.1),
    '5 % left': cut(0.05, 0, 0, 0),
    '10 % left': cut(0.1, 0, 0, 0),
    '10 % below': cut(0, 0, 0, 0.1),
    '10 % at a corner': cut(0.1, 0.1, 0, 0),
    '2, 8, 6 and 3 %': cut(0.02, 0.08, 0.06, 0.03),
    'to 16:9': toWide,
  },
  bordered: {
    'white, 2 %': framed(0.02, 0.02, 0.02, 0.02, '#fff'),
    'white, 5 %': framed(0.05, 0.05, 0.05, 0.05, '#fff'),
    'black, 5 %': framed(0.05, 0.05, 0.05, 0.05, '#000'),
    'white, 10 %': framed(0.1, 0.1, 0.1, 0.1, '#fff'),
    'black bars above and below': framed(0.1, 0, 0.1, 0, '#000'),
    'white, wider below': framed(0.05, 0.05, 0.18, 0.05, '#fff'),
    'a strip with words below': (original) =>
      inTurn(original, framed(0, 0, 0.12, 0, '#fff'), line(0.05, 0.97, 0.05, 14, 1, '#222')),
  },
  watermarked: {
    'in a corner': line(0.62, 0.95, 0.05, 9, 0.9),
    'a date': line(0.66, 0.94, 0.045, 12, 1, '#f80'),
    'large, across the middle': line(0.1, 0.56, 0.12, 10, 0.5),
    'all over': tiled,
  },
  'in grey, light and colour': {
    grey: simple((picture) => picture.greyscale()),
    sepia: simple((picture) =>
      picture.recomb([
        [0.393, 0.769, 0.189],
        [0.349, 0.686, 0.168],
        [0.272, 0.534, 0.131],
      ]),
    ),
    'a fifth brighter': simple((picture) => picture.modulate({ brightness: 1.2 })),
    'a fifth darker': simple((picture) => picture.modulate({ brightness: 0.8 })),
    'more contrast': simple((picture) => picture.linear(1.3, -38)),
    'a warm filter': simple((picture) =>
      picture
        .recomb([
          [1.1, 0.1, 0],
          [0, 1, 0],
          [0, 0, 0.8],
        ])
        .modulate({ saturation: 1.3 }),
    ),
    blurred: ({ file, width }) => jpeg(sharp(file).blur(0.3 + width / 500)),
  },
  'turned and mirrored': {
    '1°': turned(1),
    '2°': turned(2),
    mirrored: simple((picture) => picture.flop()),
    'mirrored, 5 % a side': (original) =>
      inTurn(
        original,
        cut(0.05, 0.05, 0.05, 0.05),
        simple((picture) => picture.flop()),
      ),
  },
  'several at once': {
    'cut, sent by chat': (original) =>
      inTurn(original, cut(0.05, 0.05, 0.05, 0.05), ({ file }) => jpeg(sharp(file).resize(540), 50)),
    'bordered, grey': (original) =>
      inTurn(
        original,
        framed(0.05, 0.05, 0.05, 0.05, '#fff'),
        simple((picture) => picture.greyscale(), 50),
      ),
    'marked, cut, darker': (original) =>
      inTurn(
        original,
        line(0.62, 0.95, 0.05, 9, 0.9),
        cut(0.04, 0.06, 0.03, 0.05),
        simple((picture) => picture.modulate({ brightness: 0.85 }), 60),
      ),
  },
};
