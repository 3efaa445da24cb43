import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { sheetNames, storable } from './xlsx-text.js';
import { writeXlsx, type XlsxColumn, type XlsxSheet, type XlsxValue } from './xlsx.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** The files of a zip, read by its central directory (APPNOTE.TXT 4.3.12). */
function unzip(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + name + extra + comment;
  }
  return files;
}

async function open(...sheets: XlsxSheet[]) {
  const files = unzip(await writeXlsx({ sheets }));
  const xml = (name: string) => files.get(name)!.toString('utf8');
  return { files, xml, sheet: xml('xl/worksheets/sheet1.xml'), strings: xml('xl/sharedStrings.xml') };
}

const table = (columns: XlsxColumn[], ...rows: XlsxValue[][]): XlsxSheet => ({ name: '名单', columns, rows });

/** A cell’s element, without its style. */
const cell = (sheet: string, address: string) =>
  new RegExp(`<c r="${address}"[^>]*?(?:/>|>.*?</c>)`).exec(sheet)?.[0].replace(/ s="\d+"/, '');

describe('writeXlsx', () => {
  it('writes texts as texts, whatever they begin with', async () => {
    const hostile = ['=1+1', '=HYPERLINK("http://x")', '+86', '-1', '@SUM(A1)', '<b>&"'];
    const { sheet, strings } = await open(table([{ header: '标题' }], ...hostile.map((text) => [text])));
    expect(sheet).not.toContain('<f>');
    hostile.forEach((_, index) => expect(cell(sheet, `A${index + 2}`)).toContain('t="s"'));
    expect(strings).toContain('<t>=1+1</t>');
    expect(strings).toContain('&lt;b&gt;&amp;');
  });

  it('writes numbers as numbers with their format, and as text in a text column', async () => {
    const columns: XlsxColumn[] = [{ header: '分', type: 'number', format: '#,##0.00' }, { header: '电话' }];
    const { sheet, strings, xml } = await open(table(columns, [1234.5, 13900001111], ['—', null]));
    expect(cell(sheet, 'A2')).toBe('<c r="A2"><v>1234.5</v></c>');
    expect(xml('xl/styles.xml')).toContain('formatCode="#,##0.00"');
    expect(cell(sheet, 'B2')).toContain('t="s"');
    expect(strings).toContain('<t>13900001111</t>');
    expect(cell(sheet, 'A3')).toContain('t="s"');
    expect(cell(sheet, 'B3')).not.toContain('<v>');
    await expect(writeXlsx({ sheets: [table(columns, [Number.NaN])] })).rejects.toThrow(RangeError);
  });

  it('writes dates as the UTC clock reads, and truth values', async () => {
    const columns: XlsxColumn[] = [{ header: '时间', type: 'date' }, { header: '获奖' }];
    const { sheet, xml } = await open(table(columns, [new Date('2019-09-15T12:00:00Z'), true]));
    expect(cell(sheet, 'A2')).toBe('<c r="A2"><v>43723.5</v></c>');
    expect(cell(sheet, 'B2')).toBe('<c r="B2" t="b"><v>1</v></c>');
    expect(xml('xl/styles.xml')).toContain('formatCode="yyyy-mm-dd hh:mm"');
  });

  it('freezes a bold header, below a title if there is one', async () => {
    const plain = await open(table([{ header: '标题' }], ['a']));
    expect(plain.sheet).toMatch(/<pane[^>]*ySplit="1"[^>]*state="frozen"/);
    expect(plain.xml('xl/styles.xml')).toContain('<b/>');
    const columns = [{ header: '名次', width: 6 }, { header: '作品' }];
    const titled = await open({ ...table(columns, ['a', 'b']), title: '获奖名单' });
    expect(titled.sheet).toMatch(/ySplit="2"/);
    expect(titled.sheet).toContain('<mergeCell ref="A1:B1"/>');
    expect(titled.sheet).toMatch(/<col [^>]*width="6"/);
    const loose = await open({ ...table(columns), freezeHeader: false });
    expect(loose.sheet).not.toContain('<pane');
  });

  it('places pictures inside their cells, in a row high enough', async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    const { files, xml, sheet } = await open({
      ...table([{ header: '名次' }, { header: '图' }], [1, null], [2, null]),
      images: [
        { row: 0, column: 1, file: PNG, width: 120, height: 80, description: '“夜”' },
        { row: 1, column: 1, file: jpeg, width: 60, height: 40 },
      ],
    });
    expect(files.get('xl/media/sheet1-image1.png')).toEqual(PNG);
    expect(files.get('xl/media/sheet1-image2.jpeg')).toEqual(jpeg);
    const drawing = xml('xl/drawings/drawing1.xml');
    expect(drawing).toContain('<xdr:col>1</xdr:col><xdr:colOff>38100</xdr:colOff><xdr:row>1</xdr:row>');
    expect(drawing).toContain(`<xdr:ext cx="${120 * 9525}" cy="${80 * 9525}"/>`);
    expect(sheet).toMatch(/<row r="2" ht="66"/);
    expect(sheet).toMatch(/<row r="3" ht="36"/);
    const width = Number(/<col min="2"[^>]*width="([\d.]+)"/.exec(sheet)![1]);
    expect(width * 7).toBeGreaterThanOrEqual(120);
  });

  it('refuses other pictures, and one without a cell', async () => {
    const withImage = (row: number, file: Buffer) => ({
      ...table([{ header: '图' }], [null]),
      images: [{ row, column: 0, file, width: 1, height: 1 }],
    });
    await expect(writeXlsx({ sheets: [withImage(0, Buffer.from('GIF89a'))] })).rejects.toThrow('PNG or JPEG');
    await expect(writeXlsx({ sheets: [withImage(1, PNG)] })).rejects.toThrow('no cell');
  });

  it('writes several sheets', async () => {
    const { xml } = await open(table([{ header: 'a' }], ['x']), table([{ header: 'b' }], ['y']));
    expect(xml('xl/workbook.xml')).toMatch(/name="名单".*name="名单 \(2\)"/);
  });

  it.each(['constructor', '__proto__', 'toString'])('writes “%s” like any other text', async (text) => {
    const { sheet, strings } = await open(table([{ header: '标题' }], [text]));
    expect(cell(sheet, 'A2')).toMatch(/<v>\d+<\/v>/);
    expect(strings).toMatch(new RegExp(`_x00[0-9A-F]{2}_${text.slice(1)}</t>`));
  });
});

describe('storable', () => {
  it('cuts at 32,767 characters with a mark, and never through a character', () => {
    expect(storable('长'.repeat(32_767))).toHaveLength(32_767);
    const long = storable('长'.repeat(32_768));
    expect(long).toHaveLength(32_767);
    expect(long.endsWith('长…(已截断)')).toBe(true);
    expect(storable('😀'.repeat(20_000)).isWellFormed()).toBe(true);
  });

  it('removes what XML cannot hold', () => {
    expect(storable('a\0b\x0Bc\x1Bd\uFFFEe\uD800f\uDC00g')).toBe('abcdefg');
    expect(storable('tab\tline\r\nend\rend 😀')).toBe('tab\tline\nend\nend 😀');
  });

  it('takes what looks like an escape literally', () => {
    expect(storable('_x0041_ _x004_')).toBe('_x005F_x0041_ _x004_');
  });
});

describe('sheetNames', () => {
  it('makes names that Excel accepts, no two alike', () => {
    expect(
      sheetNames(['a/b[1]:*?', "'quoted'", '', 'Same', 'same', '图'.repeat(40), '图'.repeat(40)]),
    ).toEqual(['a b 1', 'quoted', 'Sheet3', 'Same', 'same (2)', '图'.repeat(31), `${'图'.repeat(27)} (2)`]);
  });
});
