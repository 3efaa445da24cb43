import { FilterAPI } from 'node-av/api';
import {
  AVCOL_PRI_BT2020,
  AVCOL_PRI_SMPTE432,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_BT709,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_BT709,
  AVCOL_TRC_SMPTE2084,
  AVCOL_TRC_UNSPECIFIED,
} from 'node-av/constants';
import { Rational, type Frame } from 'node-av/lib';
import { DecodeError } from './errors.js';
import type { Turn } from './orientation.js';
import { fromPixels, toPixels, turned, type Pixels } from './sharp-setup.js';
import type { OpenVideo } from './video-open.js';
import type { Size } from './video-plan.js';

export const posterEdge = 1280;

/** A decoded frame as upright sRGB pixels, at most 1280 on its longer side. */
export async function pictureOf(frame: Frame, video: OpenVideo): Promise<Pixels> {
  const size = posterSize(video.frameWidth, video.frameHeight);
  using converter = new FrameConverter(video, size, 'rgb24', 1);
  using converted = await converter.convert(frame);
  const pixels: Pixels = { data: converted.toBuffer(), ...size, channels: 3 };
  return await toPixels(turned(fromPixels(pixels), video.turn));
}

function posterSize(frameWidth: number, frameHeight: number): Size {
  const scale = Math.min(1, posterEdge / Math.max(frameWidth, frameHeight));
  return {
    width: Math.max(1, Math.round(frameWidth * scale)),
    height: Math.max(1, Math.round(frameHeight * scale)),
  };
}

type FrameShape = Pick<OpenVideo, 'frameWidth' | 'frameHeight' | 'storedWidth' | 'storedHeight'>;

/**
 * Brings frames, whatever each of them is, to one size in square pixels, eight bits and BT.709. They may change
 * within a video: another size is fitted in, with black around it.
 */
export class FrameConverter implements Disposable {
  private filter: FilterAPI | null = null;
  private chain = '';

  constructor(
    private readonly shape: FrameShape,
    private readonly size: Size,
    private readonly format: 'rgb24' | 'yuv420p',
    private readonly threads: number,
    /** Further filters, for instance those that turn a frame upright. */
    private readonly after: readonly string[] = [],
  ) {}

  /** The caller frees what comes out. */
  async convert(frame: Frame): Promise<Frame> {
    sayWhatIsUnsaid(frame);
    const chain = [
      ...(isHighDynamicRange(frame) || isWideGamut(frame)
        ? [scaling(frame, this.shape, this.size), mapping(frame, this.format)]
        : [`${scaling(frame, this.shape, this.size)}:${matrixOf[this.format]}`]),
      `format=${this.format}`,
      `pad=${this.size.width}:${this.size.height}:-1:-1`,
      ...this.after,
    ].join(',');
    if (!this.filter || chain !== this.chain) {
      this.filter?.close();
      this.filter = FilterAPI.create(chain, { threads: this.threads });
      this.chain = chain;
    }
    await this.filter.process(frame);
    const converted = await this.filter.receive();
    if (!converted) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', 'a decoded frame could not be converted');
    return converted;
  }

  [Symbol.dispose](): void {
    this.filter?.close();
  }
}

/** FFmpeg's filters that turn a frame upright. */
export function turning({ flip, flop, rotate }: Turn): string[] {
  const rotations = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] };
  return [...(flip ? ['vflip'] : []), ...(flop ? ['hflip'] : []), ...rotations[rotate]];
}

const isHighDynamicRange = ({ colorTrc }: Frame): boolean =>
  colorTrc === AVCOL_TRC_SMPTE2084 || colorTrc === AVCOL_TRC_ARIB_STD_B67;

const isWideGamut = ({ colorPrimaries }: Frame): boolean =>
  colorPrimaries === AVCOL_PRI_BT2020 || colorPrimaries === AVCOL_PRI_SMPTE432;

/** Fills in what a video does not say of its colours, as players do; FFmpeg would take BT.601 at every size. */
function sayWhatIsUnsaid(frame: Frame): void {
  frame.sampleAspectRatio = new Rational(1, 1);
  const high = isHighDynamicRange(frame);
  if (high && frame.colorPrimaries === AVCOL_PRI_UNSPECIFIED) frame.colorPrimaries = AVCOL_PRI_BT2020;
  if (isWideGamut(frame) && frame.colorTrc === AVCOL_TRC_UNSPECIFIED) frame.colorTrc = AVCOL_TRC_BT709;
  if (frame.colorSpace === AVCOL_SPC_UNSPECIFIED) {
    if (high) frame.colorSpace = AVCOL_SPC_BT2020_NCL;
    else if (Math.min(frame.width, frame.height) >= 720) frame.colorSpace = AVCOL_SPC_BT709;
  }
}

const matrixOf = { rgb24: 'out_range=pc', yuv420p: 'out_color_matrix=bt709:out_range=tv' };
const zMatrixOf = { rgb24: 'm=gbr:r=full', yuv420p: 'm=bt709:r=limited' };

/** A frame of the video's proportions fills the size; another one lies within it. */
function scaling(frame: Frame, shape: FrameShape, { width, height }: Size): string {
  const pixelAspect = (shape.frameWidth * shape.storedHeight) / (shape.frameHeight * shape.storedWidth);
  const ratio = ((frame.width * pixelAspect) / frame.height) * (shape.frameHeight / shape.frameWidth);
  const even = (side: number) => Math.max(2, 2 * Math.round(side / 2));
  if (Math.abs(ratio - 1) < 0.02) return `scale=${width}:${height}`;
  return ratio > 1
    ? `scale=${width}:${Math.min(height, even(height / ratio))}`
    : `scale=${Math.min(width, even(width * ratio))}:${height}`;
}

/**
 * White of a sheet of paper is at 203 cd/m² (ITU-R BT.2408); HLG's nominal peak, and most of PQ's pictures, are at
 * 1000. Up to a third of white the light stays as it is; from there to the peak it is bent to fit below SDR's white.
 */
const referenceWhite = 203;
const peak = 1000 / referenceWhite;

/** Light beyond SDR, or colours beyond BT.709, are brought in. Scaled before: in floating point 4K takes 100 MB. */
function mapping(frame: Frame, format: 'rgb24' | 'yuv420p'): string {
  const toneMapped = isHighDynamicRange(frame) ? [`tonemap=mobius:param=0.3:peak=${peak}:desat=0`] : [];
  return [
    `zscale=t=linear:npl=${referenceWhite}`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    ...toneMapped,
    `zscale=t=bt709:${zMatrixOf[format]}`,
  ].join(',');
}
