import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';

/** A copy of a clip in which some packets of its sound or pictures hold noise; `which` chooses them by their number. */
export async function withNoise(
  clip: Buffer,
  kind: 'sound' | 'pictures',
  which: (index: number, count: number) => boolean,
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
    if (!which(index, packets.length)) return;
    // Never the same byte twice in a row: neither silence nor a run of zeros.
    for (let place = at; place < from; place += 1) copy[place] = 255 - ((place * 89) % 251);
  });
  return copy;
}
