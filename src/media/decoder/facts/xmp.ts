/** Namespaces of the properties that are looked for. Prefixes are the writer's choice; these URIs are not. */
export const namespaces = {
  xmp: 'http://ns.adobe.com/xap/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  event: 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#',
  cameraRaw: 'http://ns.adobe.com/camera-raw-settings/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  exifEx: 'http://cipa.jp/exif/1.0/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
  dc: 'http://purl.org/dc/elements/1.1/',
  iptc: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  aigc: 'http://www.tc260.org.cn/ns/AIGC/1.0/',
} as const;

/** Places tried for one property, and the length of a value: a hostile packet gets no more of our time. */
const mostPlaces = 20;
const mostLength = 64 * 1024;

/**
 * An XMP packet (ISO 16684-1), searched and not parsed: properties are simple ones in attributes or elements, or the
 * items of an array in an element. Searching is linear in the packet whatever is in it.
 */
export class Xmp {
  constructor(private readonly packet: string) {}

  /** The first value of a property; of an array, its items joined by commas. */
  value(namespace: keyof typeof namespaces, name: string): string | null {
    return this.values(namespace, name, 1)[0] ?? null;
  }

  /** Every value of a property, wherever it stands: a list of events names its program once each. */
  values(namespace: keyof typeof namespaces, name: string, most: number = mostPlaces): string[] {
    const found: string[] = [];
    for (const prefix of this.prefixes(namespace)) {
      const label = `${prefix}:${name}`;
      let at = this.packet.indexOf(label);
      for (let place = 0; at >= 0 && place < mostPlaces && found.length < most; place += 1) {
        const value = this.valueAt(at, label);
        if (value) found.push(value);
        at = this.packet.indexOf(label, at + label.length);
      }
    }
    return found;
  }

  private prefixes(namespace: keyof typeof namespaces): string[] {
    const uri = namespaces[namespace];
    const prefixes = new Set<string>();
    let at = this.packet.indexOf(uri);
    for (let place = 0; at >= 0 && place < mostPlaces; place += 1) {
      const before = /xmlns:([\w.-]{1,40})\s{0,4}=\s{0,4}["']$/.exec(
        this.packet.slice(Math.max(0, at - 64), at),
      );
      const closes = /["']/.test(this.packet[at + uri.length] ?? '');
      if (before && closes) prefixes.add(before[1]);
      at = this.packet.indexOf(uri, at + uri.length);
    }
    return [...prefixes].slice(0, 3);
  }

  private valueAt(at: number, label: string): string | null {
    const before = this.packet[at - 1] ?? '';
    const from = at + label.length;
    const head = this.packet.slice(from, from + 8);
    const attribute = /^\s{0,3}=\s{0,3}(["'])/.exec(head);
    if (attribute && /\s/.test(before)) {
      const start = from + attribute[0].length;
      const end = this.packet.indexOf(attribute[1], start);
      return end < 0 ? null : unescaped(this.packet.slice(start, Math.min(end, start + mostLength)));
    }
    if (before !== '<' || !/^[\s>/]/.test(head)) return null;
    const start = this.packet.indexOf('>', from);
    const end = start < 0 ? -1 : this.packet.indexOf(`</${label}`, start);
    if (end < 0) return null;
    const inside = this.packet.slice(start + 1, Math.min(end, start + 1 + mostLength));
    return unescaped(
      inside
        .replace(/>\s{1,200}</g, '><')
        .replace(/<\/rdf:li>(?=<rdf:li)/g, ',')
        .replace(/<[^<>]{0,500}>/g, ''),
    );
  }
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(value: string): string {
  return value
    .replace(
      /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
      (whole, name?: string, decimal?: string, hex?: string) => {
        if (name) return entities[name.toLowerCase()];
        const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    )
    .trim();
}
