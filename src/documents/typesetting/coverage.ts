/** Printers' mark for a sort that the case lacks: it says plainly that something stood here. */
export const missingMark = '〓';

/** Reads which characters a font has: tables `cmap` of format 12 or 4 (OpenType 1.9, “cmap”). */
export function charactersOf(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableOf(font, 'cmap');
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4)),
  );
  const full = subtables.find((table) => table.readUInt16BE(0) === 12);
  if (full) return inRanges(rangesOf12(full));
  const basic = subtables.find((table) => table.readUInt16BE(0) === 4);
  if (basic) return inRanges(rangesOf4(basic));
  throw new Error('the font has no character table of a known format');
}

type Range = [first: number, last: number];

function tableOf(font: Buffer, tag: string): Buffer {
  for (let entry = 0; entry < font.readUInt16BE(4); entry++) {
    const at = 12 + entry * 16;
    if (font.toString('latin1', at, at + 4) === tag) return font.subarray(font.readUInt32BE(at + 8));
  }
  throw new Error(`the font has no table ${tag}`);
}

function rangesOf12(table: Buffer): Range[] {
  return Array.from({ length: table.readUInt32BE(12) }, (_, group): Range => {
    const at = 16 + group * 12;
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
  });
}

function rangesOf4(table: Buffer): Range[] {
  const bytes = table.readUInt16BE(6);
  return Array.from({ length: bytes / 2 }, (_, segment): Range => {
    const last = table.readUInt16BE(14 + segment * 2);
    return [table.readUInt16BE(16 + bytes + segment * 2), last];
  });
}

function inRanges(ranges: Range[]): (codePoint: number) => boolean {
  return (codePoint) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = ranges[middle];
      if (codePoint < first) high = middle - 1;
      else if (codePoint > last) low = middle + 1;
      else return true;
    }
    return false;
  };
}

const letters = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** What shapes or joins others and is nothing by itself. */
const invisible = /[\p{Cf}\p{Cc}\uFE00-\uFE0F]/gu;

/**
 * The same data with every letter that the fonts lack replaced by a mark, once however many code points it is of (an
 * emoji family), and the letters that were.
 */
export function settable<T>(data: T, has: (codePoint: number) => boolean): { data: T; missing: string[] } {
  const missing = new Set<string>();
  const line = (text: string) =>
    Array.from(letters.segment(text.toWellFormed()), ({ segment }) => {
      if (segment === '\n') return segment;
      const visible = segment.replace(invisible, '');
      if ([...visible].every((character) => has(character.codePointAt(0)!))) return visible;
      missing.add(segment);
      return missingMark;
    }).join('');
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return line(value);
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  return { data: walk(data) as T, missing: [...missing] };
}
