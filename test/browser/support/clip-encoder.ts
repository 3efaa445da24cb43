import { Encoder, Muxer } from 'node-av/api';
import { AV_LOG_FATAL, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Frame, Log } from 'node-av/lib';
import { randomBytes } from 'node:crypto';
import { brightnessAt, clip } from './clip.ts';

// Run by clip.ts in a process of its own: FFmpeg's handles outlive their use.
Log.setLevel(AV_LOG_FATAL);

const { width, height, seconds, framesPerSecond } = clip;
const [file = ''] = process.argv.slice(2);

using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
  gopSize: framesPerSecond,
  threadCount: 1,
  options: { preset: 'ultrafast', crf: 18 },
});
await using muxer = await Muxer.open(file);
const stream = muxer.addStream(encoder);
const chroma = Buffer.alloc((width * height) / 2, 128);
for (let index = 0; index < seconds * framesPerSecond; index += 1) {
  // Noise, so that it doesn't compress to nothing, around a brightness that tells the second.
  const luma = randomBytes(width * height).map(
    (noise) => brightnessAt(index / framesPerSecond) + (noise % 24) - 12,
  );
  using frame = Frame.fromVideoBuffer(Buffer.concat([luma, chroma]), {
    width,
    height,
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
