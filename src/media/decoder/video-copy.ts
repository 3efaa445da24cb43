import type { EncodedPacket, EncodedPacketSink } from 'mediabunny';
import { isSideways } from './orientation.js';
import { nalLengthSize, withoutAnnexBUserData, withoutUserData } from './user-data.js';
import { descriptionOf, type OpenVideo } from './video-open.js';
import type { PlayPictures } from './video-plan.js';

/** The pictures of an H.264 video as they are, without what encoders and cameras hide between them. */
export async function copiedPictures(video: OpenVideo): Promise<PlayPictures> {
  const decoderConfig = (await video.track.getDecoderConfig()) ?? undefined;
  const description = decoderConfig && descriptionOf(decoderConfig);
  const { frameWidth: width, frameHeight: height } = video;
  return {
    packets: cleaned(video.packets, description ? nalLengthSize(description) : null),
    config: { decoderConfig },
    size: isSideways(video.turn) ? { width: height, height: width } : { width, height },
    unturned: true,
  };
}

/**
 * The packets from the first key frame on. A key frame that is shown before frames ahead of it (some cameras write
 * such) is passed on as an ordinary one: the muxer asks that groups of pictures do not overlap.
 */
async function* cleaned(
  sink: EncodedPacketSink,
  lengthSize: number | null,
): AsyncGenerator<EncodedPacket, void> {
  const first = await sink.getFirstKeyPacket();
  if (!first) return;
  let shown = -Infinity;
  for await (const packet of sink.packets(first)) {
    const type = packet.timestamp < shown ? 'delta' : packet.type;
    shown = Math.max(shown, packet.timestamp);
    const data =
      lengthSize === null
        ? withoutAnnexBUserData(Buffer.from(packet.data))
        : withoutUserData(packet.data, lengthSize);
    yield packet.clone({ type, data });
  }
}
