import { Encoder, Muxer } from 'node-av/api';
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_LOG_FATAL,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AV_SAMPLE_FMT_FLT,
} from 'node-av/constants';
import { Frame, Log, Rational, type Packet } from 'node-av/lib';
import { quadrantAt } from '../../../fixtures/bad-media.ts';
import { hdrPatches, type Film } from './film.ts';

// Run by film.ts in a process of its own: FFmpeg's handles outlive their use and would keep jest from ending.
Log.setLevel(AV_LOG_FATAL);

/** So few at a time because libvorbis loses what is more. */
const pieceSamples = 64;

/** Coefficients of red and blue in luma: BT.709 and BT.2020. */
const luma = { 709: [0.2126, 0.0722], 2020: [0.2627, 0.0593] } as const;

const fast: Record<Film['video'], Record<string, string | number>> = {
  libx264: { preset: 'ultrafast', crf: 18 },
  libx265: { preset: 'ultrafast', crf: 18, 'x265-params': 'log-level=none:pools=1:frame-threads=1' },
  'libvpx-vp9': { deadline: 'realtime', 'cpu-used': 8, crf: 20, b: 0 },
  libvpx: { deadline: 'realtime', 'cpu-used': 8, crf: 10, b: 4_000_000 },
  libsvtav1: { preset: 12, crf: 25 },
};

const [file = '', json = '{}'] = process.argv.slice(2);
await encode(file, JSON.parse(json) as Film);

async function encode(target: string, film: Film): Promise<void> {
  const tenBit = film.tenBit === true || film.transfer !== undefined;
  using encoder = await Encoder.create(film.video as never, {
    gopSize: Math.ceil(film.rate),
    threadCount: 1,
    configure: (context) => {
      context.framerate = new Rational(film.rate, 1);
      if (film.video === 'libsvtav1') context.bitRate = 0n;
    },
    options: { ...fast[film.video], ...colours(film), ...film.options },
  });
  using soundEncoder = film.sound
    ? await Encoder.create(film.sound.encoder as never, {
        autoResample: true,
        options: { strict: -2, flags: '+bitexact' },
      })
    : null;
  await using muxer = await Muxer.open(target);
  const stream = muxer.addStream(encoder);
  const soundStream = soundEncoder ? muxer.addStream(soundEncoder) : -1;

  const bytesOf = new Map<string, Buffer>();
  const planesOf = (kind: 'picture' | 'black' | 'white', width: number, height: number) => {
    const key = `${kind} ${width} ${height}`;
    const bytes = bytesOf.get(key) ?? planes(film, kind, width, height, tenBit);
    bytesOf.set(key, bytes);
    return bytes;
  };
  const count = Math.round(film.seconds * film.rate);
  const soundEnd = film.seconds * (film.sound?.rate ?? 0);
  let soundAt = Math.round((film.soundFrom ?? 0) * (film.sound?.rate ?? 0));
  for (let index = 0; index < count; index += 1) {
    const at = film.times?.[index] ?? index / film.rate;
    const { width, height } = film.resizeTo && index >= count / 2 ? film.resizeTo : film;
    const flashes = film.flashAt !== undefined && at >= film.flashAt && at < film.flashAt + 0.1;
    const kind = flashes ? 'white' : at < (film.blackSeconds ?? 0) ? 'black' : 'picture';
    using frame = Frame.fromVideoBuffer(planesOf(kind, width, height), {
      width,
      height,
      format: tenBit ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P,
      timeBase: { num: 1, den: 12_000 },
    });
    frame.pts = BigInt(Math.round(at * 12_000));
    frame.duration = BigInt(Math.round(12_000 / film.rate));
    await encoder.encode(frame);
    await drain(encoder, stream);
    while (soundEncoder && soundAt < Math.min(soundEnd, (at + 0.5) * (film.sound?.rate ?? 0))) {
      using piece = beep(film, soundAt, Math.min(pieceSamples, soundEnd - soundAt));
      await soundEncoder.encode(piece);
      soundAt += piece.nbSamples;
      await drain(soundEncoder, soundStream);
    }
  }
  await encoder.flush();
  await drain(encoder, stream);
  if (soundEncoder) {
    await soundEncoder.flush();
    await drain(soundEncoder, soundStream);
  }
  await muxer.close();

  async function drain(from: Encoder, to: number): Promise<void> {
    for (let packet = await from.receive(); packet; packet = await from.receive()) {
      if (to === soundStream) delay(packet, film.soundFrom ?? 0);
      await muxer.writePacket(packet, to);
      packet.free();
    }
  }
}

function colours({ transfer }: Film): Record<string, string> {
  return transfer
    ? { color_trc: transfer, color_primaries: 'bt2020', colorspace: 'bt2020nc', color_range: 'tv' }
    : { color_trc: 'bt709', color_primaries: 'bt709', colorspace: 'bt709', color_range: 'tv' };
}

/** The encoder counts from 0 whatever the frames say. */
function delay(packet: Packet, seconds: number): void {
  const ticks = BigInt(Math.round((seconds * packet.timeBase.den) / packet.timeBase.num));
  packet.pts += ticks;
  packet.dts += ticks;
}

/** One picture as planar YUV 4:2:0 in limited range. */
function planes(film: Film, kind: string, width: number, height: number, tenBit: boolean): Buffer {
  const [red, blue] = luma[film.transfer ? 2020 : 709];
  const scale = tenBit ? 4 : 1;
  const half = { width: width / 2, height: height / 2 };
  const values = new Uint16Array(width * height + 2 * half.width * half.height);
  const chroma = width * height;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [r, g, b] = at(film, kind, x / width, y / height);
      const light = red * r + (1 - red - blue) * g + blue * b;
      values[y * width + x] = Math.round(scale * (16 + light * 219));
      const place = chroma + (y >> 1) * half.width + (x >> 1);
      values[place] = Math.round(scale * (128 + ((b - light) / (2 * (1 - blue))) * 224));
      values[place + half.width * half.height] = Math.round(
        scale * (128 + ((r - light) / (2 * (1 - red))) * 224),
      );
    }
  }
  return tenBit ? Buffer.from(values.buffer) : Buffer.from(Uint8Array.from(values));
}

/** Red, green and blue of 0 to 1 at a place. */
function at(film: Film, kind: string, x: number, y: number): readonly [number, number, number] {
  if (kind === 'black') return [0, 0, 0];
  if (kind === 'white') return [1, 1, 1];
  if (!film.transfer) {
    const [r, g, b] = quadrantAt(x, y, 1, 1);
    return [r / 255, g / 255, b / 255];
  }
  const { grey, white, peak } = hdrPatches[film.transfer];
  if (y < 0.5) return x < 0.5 ? [grey, grey, grey] : [white, white, white];
  return x < 0.5 ? [peak, peak, peak] : [white, grey / 2, grey / 2];
}

/** Silence, and a tone of 1 kHz while the picture flashes. */
function beep(film: Film, from: number, samples: number): Frame {
  const { rate, channels } = film.sound ?? { rate: 48_000, channels: 1 };
  const values = new Float32Array(samples * channels);
  for (let index = 0; index < values.length; index += 1) {
    const time = (from + Math.floor(index / channels)) / rate;
    const loud = film.flashAt !== undefined && time >= film.flashAt && time < film.flashAt + 0.1;
    values[index] = loud ? 0.5 * Math.sin(2 * Math.PI * 1000 * time) : 0;
  }
  return Frame.fromAudioBuffer(Buffer.from(values.buffer), {
    nbSamples: samples,
    format: AV_SAMPLE_FMT_FLT,
    sampleRate: rate,
    channelLayout: channels === 1 ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO,
    timeBase: { num: 1, den: rate },
    pts: BigInt(from),
  });
}
