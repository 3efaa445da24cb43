/**
 * H.264 and HEVC streams have room for anyone's bytes beside the picture: supplemental messages (SEI) of user data,
 * in which encoders put their settings and cameras whatever they like. A copy for judges must not carry them.
 * Sources: ITU-T H.264 (7.3.1, annex D), H.265 (7.3.1, annex D), ISO/IEC 14496-15 (lengths, avcC, hvcC).
 */

export type NalCodec = 'avc' | 'hevc';

/** Size of the number before each NAL unit, from the track's avcC or hvcC; null where it is not one. */
export function nalLengthSize(codec: NalCodec, configuration: Uint8Array): number | null {
  const at = codec === 'avc' ? 4 : 21;
  return configuration[0] === 1 && at < configuration.length ? (configuration[at] & 3) + 1 : null;
}

/** A packet without its user data messages; the packet itself where it has none or is damaged. */
export function withoutUserData(packet: Uint8Array, codec: NalCodec, lengthSize: number): Uint8Array {
  const kept: Uint8Array[] = [];
  for (let at = 0; at < packet.length;) {
    const start = at + lengthSize;
    const end = start + packet.subarray(at, start).reduce((sum, byte) => sum * 256 + byte, 0);
    if (end <= start || end > packet.length) return packet;
    if (!isUserData(packet.subarray(start, end), codec)) kept.push(packet.subarray(at, end));
    at = end;
  }
  const length = kept.reduce((sum, unit) => sum + unit.length, 0);
  return length === packet.length || length === 0 ? packet : new Uint8Array(Buffer.concat(kept));
}

/** An hvcC without the arrays of supplemental messages that HEVC encoders may put there. */
export function withoutConfigurationUserData(hvcc: Uint8Array): Uint8Array {
  const arrays = hvcc.length > 22 ? hvcc[22] : 0;
  const kept: Uint8Array[] = [];
  let at = 23;
  for (let index = 0; index < arrays; index += 1) {
    const from = at;
    const units = ((hvcc[at + 1] ?? 0) << 8) | (hvcc[at + 2] ?? 0);
    at += 3;
    for (let unit = 0; unit < units; unit += 1) at += 2 + (((hvcc[at] ?? 0) << 8) | (hvcc[at + 1] ?? 0));
    if (at > hvcc.length) return hvcc;
    if (!hevcMessageTypes.has((hvcc[from] ?? 0) & 63)) kept.push(hvcc.subarray(from, at));
  }
  const head = Uint8Array.from(hvcc.subarray(0, 23));
  head[22] = kept.length;
  return new Uint8Array(Buffer.concat([head, ...kept, hvcc.subarray(at)]));
}

/** Prefix and suffix SEI. */
const hevcMessageTypes = new Set([39, 40]);
const avcMessageType = 6;
/** user_data_registered_itu_t_t35 and user_data_unregistered. */
const userDataPayloads = new Set([4, 5]);

function isUserData(unit: Uint8Array, codec: NalCodec): boolean {
  const [first = 0] = unit;
  const isMessage =
    codec === 'avc' ? (first & 31) === avcMessageType : hevcMessageTypes.has((first >> 1) & 63);
  if (!isMessage) return false;
  const bytes = withoutEscapes(unit.subarray(codec === 'avc' ? 1 : 2));
  for (let at = 0; at + 2 < bytes.length;) {
    const [type, sizeAt] = extended(bytes, at);
    const [size, contentAt] = extended(bytes, sizeAt);
    if (userDataPayloads.has(type)) return true;
    at = contentAt + size;
  }
  return false;
}

/** A number written as any count of 255s and one smaller byte, and where it ends. */
function extended(bytes: Uint8Array, from: number): [value: number, end: number] {
  let at = from;
  while (bytes[at] === 255) at += 1;
  return [255 * (at - from) + (bytes[at] ?? 0), at + 1];
}

/** Takes out the 3 that encoders put behind two zeros lest they look like a start code. */
function withoutEscapes(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 3 && at >= 2 && bytes[at - 1] === 0 && bytes[at - 2] === 0));
}
