import { maskContact } from '../common/mask.js';
import { writeCsv } from '../documents/csv.js';
import { writeXlsx, type XlsxSheet } from '../documents/xlsx.js';
import type { Winner, WinnerList } from './winners.service.js';

const header = ['序号', '类别', '奖项', '编号', '作品标题', '作者', '手机', '社区/村', '奖金（元）', '得分'];

function cells(winner: Winner, index: number, fullPhones: boolean): (string | number)[] {
  return [
    index + 1,
    winner.category,
    winner.tier,
    winner.number,
    winner.title,
    winner.author,
    fullPhones ? winner.phone : maskContact(winner.phone),
    winner.community,
    winner.amountYuan,
    Number(winner.score),
  ];
}

/** winners.csv: UTF-8 with BOM, for whatever reads tables. */
export function winnersCsv({ winners }: WinnerList, fullPhones: boolean): Buffer {
  const rows = winners.map((winner, index) => [
    ...cells(winner, index, fullPhones).slice(0, -1),
    winner.score,
  ]);
  return writeCsv({ header, rows });
}

/** winners.xlsx: the list with pictures, and a second sheet with what it can be checked against. */
export async function winnersXlsx(
  { winners, locks }: WinnerList,
  fullPhones: boolean,
  timeZone: string,
  picture: (key: string) => Promise<Buffer | null>,
): Promise<Buffer> {
  const images: NonNullable<XlsxSheet['images']>[number][] = [];
  for (const [row, { pictureKey, title }] of winners.entries()) {
    const file = pictureKey ? await picture(pictureKey) : null;
    if (file) images.push({ row, column: 1, file, width: 96, height: 64, description: title });
  }
  const [first, ...others] = header as [string, ...string[]];
  const widths = [14, 10, 9, 28, 12, 15, 18, 10, 9];
  return writeXlsx({
    sheets: [
      {
        name: '获奖名单',
        columns: [
          { header: first, width: 6, type: 'number' },
          { header: '图片', width: 14 },
          ...others.map((title, index) => ({
            header: title,
            width: widths[index],
            ...(index >= 7 ? { type: 'number' as const, format: index === 7 ? '#,##0' : '0.00' } : {}),
          })),
        ],
        rows: winners.map((winner, index) => {
          const [number, ...rest] = cells(winner, index, fullPhones);
          return [number, null, ...rest];
        }),
        images,
      },
      {
        name: '核对',
        columns: [
          { header: '类别', width: 16 },
          { header: '锁定时间', width: 22 },
          { header: '结果哈希', width: 68 },
          { header: '审计链', width: 68 },
        ],
        rows: locks.map(({ category, lockedAt, hash, auditHead }) => [
          category,
          inZone(lockedAt, timeZone),
          hash,
          auditHead,
        ]),
      },
    ],
  });
}

/** 2019-09-16 08:00:00 in the contest's own time. */
export function inZone(instant: Date, timeZone: string): string {
  return instant.toLocaleString('sv-SE', { timeZone });
}
