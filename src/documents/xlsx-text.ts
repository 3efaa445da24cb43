/** What one cell can hold, in UTF-16 units (Excel specifications and limits). */
const CELL_LIMIT = 32_767;
const CUT_MARK = '…(已截断)';

const SHEET_NAME_LIMIT = 31;
const NOT_IN_SHEET_NAMES = /[[\]/\\:*?]/g;

/** XML 1.0 holds no control character but tab and line feed, no half of a surrogate pair, no U+FFFE, U+FFFF. */
const NOT_IN_XML = /[\0-\x08\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Spreadsheets read `_x0041_` in a text as “A” (ST_Xstring, ECMA-376 part 1, 22.9.2.19). */
const READ_AS_ESCAPE = /_(?=x[0-9a-f]{4}_)/gi;

/** A text as it goes into the file: what XML cannot hold removed, cut with a mark if too long, taken literally. */
export function storable(text: string): string {
  const clean = cut(text.replace(/\r\n?/g, '\n').replace(NOT_IN_XML, ''));
  const literal = clean.replace(READ_AS_ESCAPE, '_x005F_');
  // write-excel-file looks texts up in a plain object, where “constructor” and its like are there already and
  // would make a broken file. Spelt with an escape they are not, and read the same.
  return literal in {} ? escaped(literal) : literal;
}

function cut(text: string): string {
  if (text.length <= CELL_LIMIT) return text;
  const kept = text.slice(0, CELL_LIMIT - CUT_MARK.length);
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${CUT_MARK}`;
}

function escaped(text: string): string {
  const code = text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `_x${code}_${text.slice(1)}`;
}

/** Names that Excel accepts, told apart by a number where they would be alike (case does not count). */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name, index) => {
    const base = name
      .replace(NOT_IN_XML, '')
      .replace(NOT_IN_SHEET_NAMES, ' ')
      .replace(/^[\s']+|[\s']+$/g, '');
    for (let count = 1; ; count++) {
      const suffix = count === 1 ? '' : ` (${count})`;
      const candidate = `${shortened(base || `Sheet${index + 1}`, SHEET_NAME_LIMIT - suffix.length)}${suffix}`;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  });
}

function shortened(name: string, length: number): string {
  return name.slice(0, length).replace(/[\uD800-\uDBFF]$|[\s']+$/g, '');
}
