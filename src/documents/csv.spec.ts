import { describe, expect, it } from '@jest/globals';
import { type CsvValue, writeCsv } from './csv.js';

const line = (...values: CsvValue[]) =>
  writeCsv({ header: ['h'], rows: [values] })
    .toString('utf8')
    .slice('\uFEFFh\r\n'.length);

describe('writeCsv', () => {
  it('begins with a byte order mark and ends each line with CRLF', () => {
    const file = writeCsv({ header: ['名次', '作者'], rows: [[1, '张三']] });
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(file.toString('utf8')).toBe('\uFEFF名次,作者\r\n1,张三\r\n');
  });

  it('quotes by RFC 4180', () => {
    expect(line('a,b', 'say "hi"', 'two\nlines', 'two\r\nlines', ' space ')).toBe(
      '"a,b","say ""hi""","two\nlines","two\r\nlines"," space "\r\n',
    );
  });

  it('leaves empty what has no value', () => {
    expect(line(null, undefined, '', 0, false)).toBe(',,,0,false\r\n');
  });

  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠x'])('defuses “%s”', (text) => {
    expect(line(text)).toBe(`'${text}\r\n`);
  });

  it.each(['\t=1', '\r=1', '\n=1'])('defuses a text that begins with white space: %j', (text) => {
    expect(line(text)).toBe(`"'${text}"\r\n`);
  });

  it('defuses a header too, and a formula that needs quotes', () => {
    expect(writeCsv({ header: ['=x'], rows: [] }).toString('utf8')).toBe("\uFEFF'=x\r\n");
    expect(line('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"\r\n');
  });

  it('leaves numbers alone, and a text with such a sign further in', () => {
    expect(line(-12.5, 'a=b', '1-2')).toBe('-12.5,a=b,1-2\r\n');
    expect(() => line(Number.NaN)).toThrow(RangeError);
  });
});
