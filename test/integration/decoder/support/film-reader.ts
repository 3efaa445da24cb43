import { Decoder, Demuxer, FilterAPI } from 'node-av/api';
import { AV_LOG_FATAL } from 'node-av/constants';
import { avGetCodecName, avGetPixFmtName, Log } from 'node-av/lib';
import { spots, type Screening } from './film.ts';

// Run by film.ts in a process of its own. Only ever opens what a test made.
Log.setLevel(AV_LOG_FATAL);

const [file = ''] = process.argv.slice(2);
await using demuxer = await Demuxer.open(file);
process.stdout.write(JSON.stringify(await read()));

async function read(): Promise<Screening> {
  const video = demuxer.video();
  const audio = demuxer.audio();
  if (!video) throw new Error('no pictures');
  const { width, height, codecId, profile, format } = video.codecpar;
  const found: Screening = {
    width,
    height,
    codec: String(avGetCodecName(codecId)),
    profile,
    pixelFormat: String(avGetPixFmtName(format as never)),
    frames: [],
    keysAt: [],
    sound: null,
    flashAt: null,
    beepAt: null,
  };
  using decoder = await Decoder.create(video);
  using rgb = FilterAPI.create('format=rgb24');
  for await (const decoded of decoder.frames(demuxer.packets(video.index))) {
    if (!decoded) continue;
    for await (const frame of rgb.frames(decoded)) {
      if (!frame) continue;
      const at = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
      const bytes = frame.toBuffer();
      const colours = spots.map(([x, y]) => {
        const place = (Math.floor(y * frame.height) * frame.width + Math.floor(x * frame.width)) * 3;
        return [bytes[place], bytes[place + 1], bytes[place + 2]] as [number, number, number];
      });
      if (colours.flat().every((value) => value > 246)) found.flashAt ??= at;
      found.frames.push({ at, colours });
      if (frame.keyFrame) found.keysAt.push(at);
      frame.free();
    }
    decoded.free();
  }
  if (audio) await listen(audio.index, found);
  return found;
}

async function listen(index: number, found: Screening): Promise<void> {
  await using again = await Demuxer.open(file);
  const stream = again.streams[index];
  if (!stream) return;
  using decoder = await Decoder.create(stream);
  using plain = FilterAPI.create('aformat=sample_fmts=flt');
  const { sampleRate: rate, channelLayout, codecId } = stream.codecpar;
  const sound = {
    codec: String(avGetCodecName(codecId)),
    rate,
    channels: channelLayout.nbChannels,
    seconds: 0,
    loudest: 0,
  };
  for await (const decoded of decoder.frames(again.packets(index))) {
    if (!decoded) continue;
    for await (const frame of plain.frames(decoded)) {
      if (!frame) continue;
      const start = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
      const bytes = frame.toBuffer();
      const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      values.forEach((value, place) => {
        sound.loudest = Math.max(sound.loudest, Math.abs(value));
        if (Math.abs(value) > 0.1) {
          found.beepAt ??= start + Math.floor(place / frame.channels) / frame.sampleRate;
        }
      });
      sound.seconds = start + frame.nbSamples / frame.sampleRate;
      frame.free();
    }
    decoded.free();
  }
  found.sound = sound;
}
