export type CsvValue = string | number | boolean | null | undefined;

export interface CsvTable {
  header: readonly string[];
  rows: readonly (readonly CsvValue[])[];
}

/** Excel takes a file without it for the local code page, and Chinese for garbage. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What makes a spreadsheet program take a text for a formula; the full-width forms do in Chinese and Japanese Excel. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

const NEEDS_QUOTES = /[",\r\n\t]|^\s|\s$/;

/**
 * Writes CSV that Excel opens by a double click: UTF-8 with a byte order mark, CRLF, quoting by RFC 4180. Texts that
 * a spreadsheet would run as a formula are defused with a leading apostrophe; numbers are left as they are, so give
 * a negative amount as a number.
 * @throws RangeError for a number that is not finite
 */
export function writeCsv({ header, rows }: CsvTable): Buffer {
  const lines = [header, ...rows].map((row) => row.map(writeCell).join(','));
  return Buffer.from(`${BYTE_ORDER_MARK}${lines.map((line) => `${line}\r\n`).join('')}`, 'utf8');
}

function writeCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`a cell cannot hold ${value}`);
    return String(value);
  }
  const text = defuse(String(value));
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function defuse(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}
