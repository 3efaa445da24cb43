import { FilterAPI } from 'node-av/api';
import { AVCOL_SPC_UNSPECIFIED, AVCOL_TRC_ARIB_STD_B67, AVCOL_TRC_SMPTE2084 } from 'node-av/constants';
import { Rational, type Frame } from 'node-av/lib';
import { DecodeError } from './errors.js';
import { fromPixels, toPixels, turned, type Pixels } from './sharp-setup.js';
import type { OpenVideo } from './video-open.js';

export const posterEdge = 1280;

/** A decoded frame as upright sRGB pixels, at most 1280 on its longer side. */
export async function pictureOf(frame: Frame, video: OpenVideo): Promise<Pixels> {
  const { width, height } = posterSize(video.frameWidth, video.frameHeight);
  // The picture has square pixels from here on and needs no time.
  frame.timeBase = new Rational(1, 1_000_000);
  frame.sampleAspectRatio = new Rational(1, 1);
  using filter = FilterAPI.create(conversion(frame, width, height), { threads: 1 });
  await filter.process(frame);
  using converted = await filter.receive();
  if (!converted) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', 'a decoded frame could not be converted');
  const pixels: Pixels = { data: converted.toBuffer(), width, height, channels: 3 };
  return await toPixels(turned(fromPixels(pixels), video.turn));
}

/** FFmpeg's filters that bring a frame to 8-bit RGB of that size. */
function conversion(frame: Frame, width: number, height: number): string {
  const highDynamicRange =
    frame.colorTrc === AVCOL_TRC_SMPTE2084 || frame.colorTrc === AVCOL_TRC_ARIB_STD_B67;
  if (highDynamicRange) {
    return [
      // Scaled first: the light of a 4K frame in floating point would take 100 MB.
      `scale=${width}:${height}`,
      'zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=gbr:r=full',
      'format=rgb24',
    ].join(',');
  }
  // Video that does not say uses BT.709 from 720 lines on, as players assume; FFmpeg would take BT.601.
  const unsaid = frame.colorSpace === AVCOL_SPC_UNSPECIFIED && Math.min(frame.width, frame.height) >= 720;
  return `scale=${width}:${height}${unsaid ? ':in_color_matrix=bt709' : ''},format=rgb24`;
}

function posterSize(frameWidth: number, frameHeight: number): { width: number; height: number } {
  const scale = Math.min(1, posterEdge / Math.max(frameWidth, frameHeight));
  return {
    width: Math.max(1, Math.round(frameWidth * scale)),
    height: Math.max(1, Math.round(frameHeight * scale)),
  };
}
