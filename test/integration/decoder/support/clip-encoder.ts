import { Encoder, Muxer } from 'node-av/api';
import { AV_LOG_FATAL, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Frame, Log } from 'node-av/lib';
import { quadrantAt, type Rgb } from '../../../fixtures/bad-media.ts';
import { clipHeight, clipWidth } from './clip.ts';

// Run by clip.ts in a process of its own: FFmpeg's handles outlive their use and would keep jest from ending.
const framesPerSecond = 12;

Log.setLevel(AV_LOG_FATAL);

const [file = '', seconds = '0', blackSeconds = '0'] = process.argv.slice(2);
await encode(file, Number(seconds), Number(blackSeconds));

async function encode(target: string, length: number, black: number): Promise<void> {
  using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    gopSize: framesPerSecond,
    threadCount: 1,
    options: { preset: 'ultrafast', crf: 18 },
  });
  await using muxer = await Muxer.open(target);
  const stream = muxer.addStream(encoder);
  const blackPlanes = planes(() => [0, 0, 0]);
  const picture = planes((x, y) => quadrantAt(x, y, clipWidth, clipHeight));
  for (let index = 0; index < length * framesPerSecond; index += 1) {
    using frame = Frame.fromVideoBuffer(index < black * framesPerSecond ? blackPlanes : picture, {
      width: clipWidth,
      height: clipHeight,
      format: AV_PIX_FMT_YUV420P,
      timeBase: { num: 1, den: framesPerSecond },
    });
    frame.pts = BigInt(index);
    await encoder.encode(frame);
    await drain();
  }
  await encoder.flush();
  await drain();
  await muxer.close();

  async function drain(): Promise<void> {
    for (let packet = await encoder.receive(); packet; packet = await encoder.receive()) {
      await muxer.writePacket(packet, stream);
      packet.free();
    }
  }
}

/** One picture as planar YUV 4:2:0, BT.709, limited range. */
function planes(at: (x: number, y: number) => Rgb): Buffer {
  const luma = Buffer.alloc(clipWidth * clipHeight);
  const blue = Buffer.alloc((clipWidth * clipHeight) / 4);
  const red = Buffer.alloc(blue.length);
  for (let y = 0; y < clipHeight; y += 1) {
    for (let x = 0; x < clipWidth; x += 1) {
      const [r, g, b] = at(x, y);
      const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      luma[y * clipWidth + x] = 16 + (light * 219) / 255;
      const half = (y >> 1) * (clipWidth / 2) + (x >> 1);
      blue[half] = 128 + (((b - light) / 1.8556) * 224) / 255;
      red[half] = 128 + (((r - light) / 1.5748) * 224) / 255;
    }
  }
  return Buffer.concat([luma, blue, red]);
}
