import writeExcelFile, {
  type CellObject,
  type Image,
  type Sheet,
  type SheetData,
} from 'write-excel-file/node';
import { sheetNames, storable } from './xlsx-text.js';

/**
 * A cell's value. Strings stay strings whatever they begin with: no cell is ever a formula. A spreadsheet knows no
 * time zone: a date is shown as its UTC clock reads, so shift it to the contest's zone first.
 */
export type XlsxValue = string | number | boolean | Date | null | undefined;

export interface XlsxColumn {
  header: string;
  /** In characters of the usual font. A column of images is made wide enough by itself. */
  width?: number;
  /**
   * How its values are meant. In a `text` column (the default) a number becomes text too, so that a receipt or
   * telephone number keeps its zeros; in the others a text stays text.
   */
  type?: 'text' | 'number' | 'date';
  /** An Excel number format such as `#,##0.00`, for the column's numbers and dates. */
  format?: string;
  align?: 'left' | 'center' | 'right';
}

/** A picture inside one cell of `rows`, PNG or JPEG; sizes are in pixels on the page, not in the file. */
export interface XlsxImage {
  /** Position in `rows` and `columns`, from 0. */
  row: number;
  column: number;
  file: Buffer;
  width: number;
  height: number;
  description?: string;
}

export interface XlsxSheet {
  /** Made fit for Excel: 31 characters, none of []/\:*?, no two alike. */
  name: string;
  columns: readonly XlsxColumn[];
  rows: readonly (readonly XlsxValue[])[];
  images?: readonly XlsxImage[];
  /** A line across the table, above its header. */
  title?: string;
  /** Keeps title and header in sight while scrolling. Default: true. */
  freezeHeader?: boolean;
}

const HEADER_STYLE = { fontWeight: 'bold', alignVertical: 'center', backgroundColor: '#F2F2F2' } as const;
const TITLE_STYLE = { fontWeight: 'bold', fontSize: 14, alignVertical: 'center', height: 28 } as const;
const DATE_FORMAT = 'yyyy-mm-dd hh:mm';
const DEFAULT_WIDTH = 14;

/** Screen pixels are 1/96 inch, row heights count in points of 1/72 inch. */
const POINTS_PER_PIXEL = 72 / 96;
const DPI = 96;
/** Of the usual 11-point font, one character of column width. */
const PIXELS_PER_CHARACTER = 7;
const IMAGE_MARGIN = 4;

/**
 * Writes a workbook: on each sheet an optional title, a bold header that stays in sight, and the rows, with pictures
 * inside their cells.
 * @throws RangeError for a number that is not finite, a picture that is neither PNG nor JPEG, or one outside the rows
 */
export async function writeXlsx({ sheets }: { sheets: readonly XlsxSheet[] }): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ name }) => name));
  return writeExcelFile(sheets.map((sheet, index) => describeSheet(sheet, names[index]))).toBuffer();
}

function describeSheet(sheet: XlsxSheet, name: string): Sheet<Image['content']> {
  const { columns, rows, images = [], title, freezeHeader = true } = sheet;
  const above = headLines(columns, title);
  return {
    sheet: name,
    data: [...above, ...bodyLines(columns, rows, images)],
    columns: columns.map(({ width }, column) => ({
      width: Math.max(width ?? DEFAULT_WIDTH, widthFor(images, column)),
    })),
    ...(freezeHeader ? { stickyRowsCount: above.length } : {}),
    ...(images.length > 0 ? { images: images.map((image) => placeImage(image, sheet, above.length)) } : {}),
  };
}

function headLines(columns: readonly XlsxColumn[], title: string | undefined): SheetData {
  const header = columns.map(({ header: text, align }) => ({ ...textCell(text), ...HEADER_STYLE, align }));
  if (title === undefined) return [header];
  const line: SheetData[number] = Array<null>(columns.length).fill(null);
  line[0] = { ...textCell(title), ...TITLE_STYLE, columnSpan: Math.max(1, columns.length) };
  return [line, header];
}

function bodyLines(
  columns: readonly XlsxColumn[],
  rows: readonly (readonly XlsxValue[])[],
  images: readonly XlsxImage[],
): SheetData {
  const heights = new Map<number, number>();
  for (const { row, height } of images) {
    const needed = (height + 2 * IMAGE_MARGIN) * POINTS_PER_PIXEL;
    heights.set(row, Math.max(needed, heights.get(row) ?? 0));
  }
  return rows.map((values, row) =>
    columns.map((column, index) => ({ ...valueCell(values[index], column), height: heights.get(row) })),
  );
}

function valueCell(value: XlsxValue, { type = 'text', format, align }: XlsxColumn): CellObject {
  const style = { align, alignVertical: 'center' as const };
  if (value === null || value === undefined) return style;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`a cell cannot hold ${value}`);
  }
  if (typeof value === 'number' && type !== 'text') return { ...style, type: Number, value, format };
  if (value instanceof Date) return { ...style, type: Date, value, format: format ?? DATE_FORMAT };
  if (typeof value === 'boolean') return { ...style, type: Boolean, value };
  return { ...style, ...textCell(String(value)), wrap: true };
}

/** `@` is the format of text: what is typed over such a cell stays text too. */
function textCell(text: string): CellObject {
  return { type: String, value: storable(text), format: '@' };
}

function widthFor(images: readonly XlsxImage[], column: number): number {
  const widest = images.reduce(
    (most, image) => (image.column === column ? Math.max(most, image.width) : most),
    0,
  );
  return widest === 0 ? 0 : Math.ceil((widest + 2 * IMAGE_MARGIN) / PIXELS_PER_CHARACTER);
}

function placeImage(image: XlsxImage, { rows, columns }: XlsxSheet, linesAbove: number): Image {
  const { row, column, file, width, height, description } = image;
  if (!rows[row] || !columns[column]) {
    throw new RangeError(`no cell for a picture in row ${row}, column ${column}`);
  }
  return {
    content: file,
    contentType: contentTypeOf(file),
    width,
    height,
    dpi: DPI,
    anchor: { row: linesAbove + row + 1, column: column + 1 },
    offsetX: IMAGE_MARGIN,
    offsetY: IMAGE_MARGIN,
    description,
  };
}

function contentTypeOf(file: Buffer): string {
  if (file.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (file.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return 'image/png';
  throw new RangeError('a picture in a spreadsheet must be PNG or JPEG');
}
