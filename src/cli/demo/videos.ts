import { Encoder, Muxer } from 'node-av/api';
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { melody, SAMPLE_RATE } from './film/melody.js';
import { createMotion, type Move } from './film/motion.js';
import { createParticles, type Weather } from './film/particles.js';
import { toPlanes } from './film/planes.js';
import type { LightName } from './paint/light.js';
import { paintScene } from './photos.js';
import { createRng } from './prng.js';
import type { SceneName } from './scenes/index.js';

/** One video to shoot; the same job always gives the same pictures. */
export interface VideoJob {
  seed: string;
  scene: SceneName;
  light: LightName;
  upright: 'landscape' | 'portrait';
  move: Move;
  weather: Weather;
  /** Length in frames, at 24 a second. */
  frames: number;
}

const FPS = 24;
/** The scene is painted this much larger than the frame, as room for the camera to move. */
const MARGIN = 1.22;
const AUDIO_FRAME = 1024;

/** Shoots a video into a file: H.264 720p with AAC sound, the index at the front. */
export async function renderVideo(job: VideoJob, path: string): Promise<void> {
  const [width, height] = job.upright === 'portrait' ? [720, 1280] : [1280, 720];
  const sceneW = Math.round((width * MARGIN) / 2) * 2;
  const sceneH = Math.round((height * MARGIN) / 2) * 2;
  const rng = createRng(job.seed);
  const scene = toPlanes(await paintScene(job, sceneW, sceneH), sceneW, sceneH);
  const motion = createMotion(rng.fork('move'), job.move, scene, width, height);
  const particles = createParticles(rng.fork('weather'), job.weather, width, height);

  const video = await Encoder.create(FF_ENCODER_LIBX264, {
    gopSize: FPS,
    maxBFrames: 0,
    threadCount: 1,
    options: { preset: 'superfast', crf: 27 },
    configure: (context) => context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER),
  });
  const audio = await Encoder.create(FF_ENCODER_AAC, {
    bitrate: '64k',
    configure: (context) => context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER),
  });
  const output = await Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart' } });
  try {
    const videoStream = output.addStream(video);
    const audioStream = output.addStream(audio);
    const sound = melody(rng.fork('sound'), job.frames / FPS);
    const send = async (encoder: Encoder, frame: Frame | null, stream: number): Promise<void> => {
      for await (const packet of encoder.packets(frame)) {
        if (!packet) continue;
        await output.writePacket(packet, stream);
        packet.free();
      }
    };
    let heard = 0;
    for (let i = 0; i < job.frames; i += 1) {
      const pixels = motion.frame(i / (job.frames - 1));
      particles.drawOn(pixels, i);
      const frame = Frame.fromVideoBuffer(pixels, {
        width,
        height,
        format: AV_PIX_FMT_YUV420P,
        timeBase: { num: 1, den: FPS },
        pts: BigInt(i),
      });
      await send(video, frame, videoStream);
      frame.free();
      const until = ((i + 1) / FPS) * SAMPLE_RATE;
      for (; heard + AUDIO_FRAME <= Math.min(until, sound.length); heard += AUDIO_FRAME) {
        const samples = Frame.fromAudioBuffer(Buffer.from(sound.buffer, heard * 4, AUDIO_FRAME * 4), {
          nbSamples: AUDIO_FRAME,
          format: AV_SAMPLE_FMT_FLTP,
          sampleRate: SAMPLE_RATE,
          channelLayout: AV_CHANNEL_LAYOUT_MONO,
          timeBase: { num: 1, den: SAMPLE_RATE },
          pts: BigInt(heard),
        });
        await send(audio, samples, audioStream);
        samples.free();
      }
    }
    await send(video, null, videoStream);
    await send(audio, null, audioStream);
  } finally {
    video.close();
    audio.close();
    await output.close();
  }
}
