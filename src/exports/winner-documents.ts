import { maskContact } from '../common/mask.js';
import type { Language } from '../common/problem.js';
import { preamble } from '../contests/print/markup.js';
import { writeCsv } from '../documents/csv.js';
import type { Sheet } from '../documents/typesetting/messages.js';
import { writeXlsx, type XlsxSheet } from '../documents/xlsx.js';
import { winnerWords } from './winner-words.js';
import type { Winner, WinnerList } from './winners.service.js';

export interface ListOptions {
  fullPhones: boolean;
  timeZone: string;
  language: Language;
}

function cells(winner: Winner, index: number, { fullPhones }: ListOptions): (string | number)[] {
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
export function winnersCsv({ winners }: WinnerList, options: ListOptions): Buffer {
  const rows = winners.map((winner, index) => [...cells(winner, index, options).slice(0, -1), winner.score]);
  return writeCsv({ header: winnerWords[options.language].header, rows });
}

/** winners.xlsx: the list with pictures, and a second sheet with what it can be checked against. */
export function winnersXlsx(
  { winners, locks }: WinnerList,
  options: ListOptions,
  pictures: Map<string, Buffer>,
): Promise<Buffer> {
  const words = winnerWords[options.language];
  const images: NonNullable<XlsxSheet['images']>[number][] = [];
  for (const [row, { submissionId, title }] of winners.entries()) {
    const file = pictures.get(submissionId);
    if (file) images.push({ row, column: 1, file, width: 96, height: 64, description: title });
  }
  const [first, ...others] = words.header as [string, ...string[]];
  const [category, lockedAt, hash, chain] = words.checkHeader as [string, string, string, string];
  const widths = [14, 10, 9, 28, 12, 15, 18, 12, 9];
  return writeXlsx({
    sheets: [
      {
        name: words.list,
        columns: [
          { header: first, width: 6, type: 'number' },
          { header: words.picture, width: 14 },
          ...others.map((title, index) => ({
            header: title,
            width: widths[index],
            ...(index >= 7 ? { type: 'number' as const, format: index === 7 ? '#,##0' : '0.00' } : {}),
          })),
        ],
        rows: winners.map((winner, index) => {
          const [number, ...rest] = cells(winner, index, options);
          return [number, null, ...rest];
        }),
        images,
      },
      {
        name: words.check,
        columns: [
          { header: category, width: 16 },
          { header: lockedAt, width: 22 },
          { header: hash, width: 68 },
          { header: chain, width: 68 },
        ],
        rows: locks.map((lock) => [
          lock.category,
          inZone(lock.lockedAt, options.timeZone),
          lock.hash,
          lock.auditHead,
        ]),
      },
    ],
  });
}

const template =
  preamble +
  String.raw`
#set document(title: d.title, author: ())
#set page(paper: "a4", flipped: true, margin: (x: 16mm, top: 16mm, bottom: 18mm), footer: align(center, text(size: 8pt, fill: ink2, context counter(page).display("— 1 —"))))
#set text(size: 9.5pt)
#align(center, text(size: 17pt, weight: 700, d.title))
#v(2mm)
#set table(stroke: (x, y) => (bottom: 0.5pt + line, top: if y == 0 { 0.8pt + ink } else { none }), inset: (x: 4pt, y: 5pt))
#table(
  columns: (auto, auto, auto, auto, 1fr, auto, auto, auto, auto, auto),
  align: (x, y) => if x in (0, 8, 9) { right } else { left },
  table.header(..d.header.map(h => text(fill: ink2, size: 8.5pt, h))),
  ..d.rows.flatten(),
)
#v(3mm)
#text(weight: 700, d.counted)
#v(2mm)
#set text(size: 7.5pt, fill: ink2)
#for lock in d.locks { block(below: 4pt, { lock.label; [ ]; fingerprint(lock.hash); [ · ]; lock.chainLabel; [ ]; fingerprint(lock.chain) }) }
#v(8mm)
#set text(size: 10pt, fill: ink)
#grid(columns: (1fr, 70mm, 50mm), [], d.signed, d.day)
`;

/** winners.pdf: the list as it is filed, with what it can be checked against and a place to sign. */
export function winnersSheet(contest: string, { winners, locks }: WinnerList, options: ListOptions): Sheet {
  const words = winnerWords[options.language];
  const yuan = winners.reduce((sum, { amountYuan }) => sum + amountYuan, 0);
  const [, lockedAt, hash, chain] = words.checkHeader;
  return {
    template,
    data: {
      lang: options.language,
      title: words.title(contest),
      header: words.header,
      rows: winners.map((winner, index) => [
        ...cells(winner, index, options).slice(0, -1).map(String),
        winner.score,
      ]),
      counted: words.counted(winners.length, yuan.toLocaleString('en-US')),
      locks: locks.map((lock) => ({
        label: `${lock.category} · ${lockedAt} ${inZone(lock.lockedAt, options.timeZone)} · ${hash}`,
        hash: lock.hash,
        chainLabel: chain,
        chain: lock.auditHead,
      })),
      signed: words.signed,
      day: words.day,
    },
    as: { kind: 'pdf' },
  };
}

/** 2019-09-16 08:00:00 in the contest's own time. */
export function inZone(instant: Date, timeZone: string): string {
  return instant.toLocaleString('sv-SE', { timeZone });
}
