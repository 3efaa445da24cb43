/**
 * H.264 streams have room for anyone's bytes beside the picture: supplemental messages (SEI) of user data, in which
 * encoders put their settings and cameras whatever they like. A copy for judges must not carry them.
 * Sources: ITU-T H.264 (7.3.1, annexes B and D), ISO/IEC 14496-15 (lengths, avcC).
 */

/** Size of the number before each NAL unit, from the track's avcC; null where it is not one. */
export function nalLengthSize(configuration: Uint8Array): number | null {
  return configuration[0] === 1 && configuration.length > 4 ? (configuration[4] & 3) + 1 : null;
}

/** A packet without its user data messages; the packet itself where it has none or is damaged. */
export function withoutUserData(packet: Uint8Array, lengthSize: number): Uint8Array {
  const kept: Uint8Array[] = [];
  for (let at = 0; at < packet.length;) {
    const start = at + lengthSize;
    const end = start + packet.subarray(at, start).reduce((sum, byte) => sum * 256 + byte, 0);
    if (end <= start || end > packet.length) return packet;
    if (!isUserData(packet.subarray(start, end))) kept.push(packet.subarray(at, end));
    at = end;
  }
  const length = kept.reduce((sum, unit) => sum + unit.length, 0);
  return length === packet.length || length === 0 ? packet : new Uint8Array(Buffer.concat(kept));
}

const startCode = Buffer.from([0, 0, 1]);

/** The same for a packet as encoders write it, each unit behind a start code (annex B): always a copy. */
export function withoutAnnexBUserData(packet: Buffer): Buffer {
  const kept: Buffer[] = [];
  let start = packet.indexOf(startCode);
  while (start >= 0) {
    const next = packet.indexOf(startCode, start + startCode.length);
    let end = next < 0 ? packet.length : next;
    // Zeros before a start code belong to it: no unit ends with one.
    while (packet[end - 1] === 0) end -= 1;
    const unit = packet.subarray(start + startCode.length, end);
    if (!isUserData(unit)) kept.push(startCode, unit);
    start = next;
  }
  return Buffer.concat(kept);
}

const messageUnit = 6;
/** user_data_registered_itu_t_t35 and user_data_unregistered. */
const userDataPayloads = new Set([4, 5]);

function isUserData(unit: Uint8Array): boolean {
  const [first = 0] = unit;
  if ((first & 31) !== messageUnit) return false;
  const bytes = withoutEscapes(unit.subarray(1));
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
