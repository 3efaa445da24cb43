import { readFileSync, writeFileSync } from 'node:fs';
import { Encoder } from 'node-av/api';
import {
  AV_LOG_FATAL,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUV444P,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import { Frame, Log } from 'node-av/lib';

// Run by still.ts in a process of its own: FFmpeg's handles outlive their use and would keep jest from ending.
const formats: Record<string, typeof AV_PIX_FMT_YUV420P> = {
  '4:0:0 8': AV_PIX_FMT_GRAY8,
  '4:2:0 8': AV_PIX_FMT_YUV420P,
  '4:2:0 10': AV_PIX_FMT_YUV420P10LE,
  '4:4:4 8': AV_PIX_FMT_YUV444P,
};

Log.setLevel(AV_LOG_FATAL);

const [input = '', output = '', width = '0', height = '0', format = ''] = process.argv.slice(2);
writeFileSync(output, await encode(readFileSync(input), Number(width), Number(height)));

/** One lossless intra picture, as Annex B writes it: with start codes, the parameter sets first. */
async function encode(planes: Buffer, w: number, h: number): Promise<Buffer> {
  using encoder = await Encoder.create(FF_ENCODER_LIBX265, {
    gopSize: 1,
    threadCount: 1,
    options: {
      preset: 'ultrafast',
      'x265-params': 'lossless=1:range=full:colormatrix=smpte170m:info=0:log-level=none:pools=none',
    },
  });
  using frame = Frame.fromVideoBuffer(planes, {
    width: w,
    height: h,
    format: formats[format],
    timeBase: { num: 1, den: 1 },
  });
  frame.pts = 0n;
  await encoder.encode(frame);
  await encoder.flush();
  const packets: Buffer[] = [];
  for (let packet = await encoder.receive(); packet; packet = await encoder.receive()) {
    packets.push(Buffer.from(packet.data ?? []));
    packet.free();
  }
  return Buffer.concat(packets);
}
