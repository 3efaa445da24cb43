import sharp from 'sharp';
import type { CodedStill } from '../../../fixtures/heif-file.js';
import { boxes } from './mp4-boxes.js';

/** A picture as one AV1 frame, taken out of the AVIF file that sharp makes of it. */
export async function av1Still(picture: Buffer): Promise<CodedStill> {
  const avif = await sharp(picture).avif({ quality: 95, effort: 0, chromaSubsampling: '4:4:4' }).toBuffer();
  const find = (type: string, from: number, to: number) => {
    const found = boxes(avif, from, to).find((box) => box.type === type);
    if (!found) throw new Error(`no ${type} in an AVIF file`);
    return found;
  };
  const meta = find('meta', 0, avif.length);
  const iprp = find('iprp', meta.start + 12, meta.end);
  const ipco = find('ipco', iprp.start + 8, iprp.end);
  const av1C = find('av1C', ipco.start + 8, ipco.end);
  const mdat = find('mdat', 0, avif.length);
  const { width, height } = await sharp(avif).metadata();
  return {
    type: 'av01',
    width,
    height,
    bits: 8,
    channels: 3,
    configuration: avif.subarray(av1C.start + 8, av1C.end),
    data: avif.subarray(mdat.start + 8, mdat.end),
  };
}
