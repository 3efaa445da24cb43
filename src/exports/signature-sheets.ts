import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/chain.js';
import type { Language } from '../common/problem.js';
import { preamble } from '../contests/print/markup.js';
import type { Sheet } from '../documents/typesetting/messages.js';
import { SheetCounter } from '../results/arithmetic/aggregate.js';
import { Fraction } from '../results/arithmetic/fraction.js';
import { passCriterion, tokenCriterion, type Round } from '../judging/round.entity.js';
import type { Marks } from '../judging/sheet-version.entity.js';
import type { Task } from '../judging/task.entity.js';

/** What one judge gave one work. */
export interface SignedRow {
  code: string;
  title: string;
  state: Task['state'];
  marks: Marks | null;
}

export interface SignedJudge {
  name: string;
  /** From 1. */
  position: number;
  rows: SignedRow[];
}

const words = {
  zh: {
    title: '评委评分表',
    judge: (name: string, n: number) => `评委：${name}（评委${n}）`,
    counted: (done: number, all: number) => `共 ${all} 件，已评 ${done} 件。`,
    header: ['序号', '代码', '作品标题'],
    total: '总分',
    pass: '结论',
    token: '投票',
    yes: { pass: '通过', token: '投' },
    no: { pass: '不通过', token: '' },
    open: '未评',
    recused: '回避',
    hash: '评分指纹',
    confirm: '以上评分由本人独立作出，核对无误。',
    signed: '评委签名：',
    day: '日期：',
  },
  en: {
    title: 'Judge’s sheet',
    judge: (name: string, n: number) => `Judge: ${name} (judge ${n})`,
    counted: (done: number, all: number) => `${done} of ${all} works judged.`,
    header: ['No.', 'Code', 'Title'],
    total: 'Total',
    pass: 'Verdict',
    token: 'Token',
    yes: { pass: 'pass', token: 'yes' },
    no: { pass: 'fail', token: '' },
    open: 'not judged',
    recused: 'recused',
    hash: 'Fingerprint of the marks',
    confirm: 'These marks are my own, and I have checked them.',
    signed: 'Signed:',
    day: 'Date:',
  },
};

const template =
  preamble +
  String.raw`
#set document(title: d.title, author: ())
#set text(size: 9.5pt)
#for judge in d.judges [
  #set page(paper: "a4", margin: (x: 18mm, top: 24mm, bottom: 20mm),
    header: text(size: 8pt, fill: ink2, grid(columns: (1fr, auto), d.contest + " · " + judge.round, judge.who)),
    footer: align(center, text(size: 8pt, fill: ink2, context counter(page).display("— 1 —"))))
  #align(center, text(size: 17pt, weight: 700, d.title))
  #v(1mm)
  #grid(columns: (1fr, auto), judge.round, judge.who)
  #v(1mm)
  #set table(stroke: (x, y) => (bottom: 0.5pt + line, top: if y == 0 { 0.8pt + ink } else { none }), inset: (x: 4pt, y: 4.5pt))
  #table(
    columns: (auto, auto, 1fr, ..judge.header.slice(3).map(_ => auto)),
    align: (x, y) => if x == 0 or x > 2 { right } else { left },
    table.header(..judge.header.map(h => text(fill: ink2, size: 8.5pt, h))),
    ..judge.rows.flatten(),
  )
  #block(breakable: false)[
    #v(3mm)
    #judge.counted
    #v(1mm)
    #text(size: 7.5pt, fill: ink2, { d.hash; [ ]; fingerprint(judge.hash) })
    #v(7mm)
    #d.confirm
    #v(11mm)
    #grid(columns: (1fr, 1fr), d.signed, d.day)
  ]
]
`;

/** Lists to sign: for each judge of each round what he gave which work, and a place for his name. */
export function signatureSheets(
  contest: string,
  rounds: { round: Round; judges: SignedJudge[] }[],
  lang: Language,
): Sheet {
  const said = words[lang];
  return {
    template,
    data: {
      lang,
      contest,
      title: said.title,
      confirm: said.confirm,
      hash: said.hash,
      signed: said.signed,
      day: said.day,
      judges: rounds.flatMap(({ round, judges }) => judges.map((judge) => section(round, judge, lang))),
    },
    as: { kind: 'pdf' },
  };
}

function section(round: Round, { name, position, rows }: SignedJudge, lang: Language) {
  const said = words[lang];
  const done = rows.filter(({ state }) => state === 'submitted');
  const signed = done.map(({ code, marks }) => [code, marks] as const);
  const fingerprint = createHash('sha256')
    .update(canonicalJson(signed.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');
  return {
    round: `${round.category.name} · ${round.name}`,
    who: said.judge(name, position),
    header: [...said.header, ...columnsOf(round, lang)],
    rows: rows.map((row, index) => [String(index + 1), row.code, row.title, ...cellsOf(round, row, lang)]),
    counted: said.counted(done.length, rows.length),
    hash: fingerprint,
  };
}

function columnsOf({ kind, criteria }: Round, lang: Language): string[] {
  const said = words[lang];
  if (kind === 'score') return [...criteria.map(({ name }) => name), said.total];
  return [kind === 'pass' ? said.pass : said.token];
}

function cellsOf({ kind, criteria }: Round, { state, marks }: SignedRow, lang: Language): string[] {
  const said = words[lang];
  if (state !== 'submitted' || !marks) {
    const empty = kind === 'score' ? criteria.map(() => '') : [];
    return [...empty, state === 'recused' ? said.recused : said.open];
  }
  if (kind === 'score') {
    const counter = new SheetCounter(criteria);
    const counted = counter.count(marks);
    const total = counted ? Fraction.of(counted.total, counter.unit).toDecimalString(2) : '';
    return [...criteria.map(({ id }) => String(marks[id] ?? '')), total];
  }
  const key = kind === 'pass' ? 'pass' : 'token';
  const mark = marks[kind === 'pass' ? passCriterion : tokenCriterion];
  return [mark ? said.yes[key] : said.no[key]];
}
