import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';

/**
 * A copy of a clip with its packets of sound or pictures filled anew, each of the length it has: `fill` gets the
 * bytes of one, its number and how many there are.
 */
export async function refilled(
  clip: Buffer,
  kind: 'sound' | 'pictures',
  fill: (bytes: Buffer, index: number, count: number) => void,
): Promise<Buffer> {
  const input = new Input({ source: new BufferSource(clip), formats: ALL_FORMATS });
  const track = kind === 'sound' ? await input.getPrimaryAudioTrack() : await input.getPrimaryVideoTrack();
  if (!track) throw new Error(`the clip has no ${kind}`);
  const packets: Uint8Array[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet.data);
  const copy = Buffer.from(clip);
  let from = 0;
  packets.forEach((data, index) => {
    const at = clip.indexOf(data, from);
    if (at < 0) throw new Error(`packet ${index} is not in the file as it is`);
    from = at + data.length;
    fill(copy.subarray(at, from), index, packets.length);
  });
  return copy;
}

/** Fills those packets with noise; never the same byte twice in a row: neither silence nor a run of zeros. */
export const noiseIn =
  (which: (index: number, count: number) => boolean) =>
  (bytes: Buffer, index: number, count: number): void => {
    if (which(index, count)) bytes.forEach((_, place) => (bytes[place] = 255 - ((place * 89) % 251)));
  };

/** Fills a packet with speech frames of AMR-NB, 13 and 14 bytes long (3GPP TS 26.101, annex A): some noise. */
export function speech(bytes: Buffer): void {
  const longer = bytes.length % 13;
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const length = index < longer ? 14 : 13;
    for (let place = 1; place < length; place += 1) bytes[at + place] = (index * 31 + place * 77) & 255;
    bytes[at] = length === 14 ? 0x0c : 0x04;
    at += length;
  }
}
