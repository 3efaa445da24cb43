import type { Language } from '../../common/problem.js';
import { fill } from '../../common/problem.js';
import { preamble } from '../../contests/print/markup.js';
import type { Sheet } from '../../documents/typesetting/messages.js';
import { affiliationSaid, agreementFigures, fixed, percent } from './figures.js';
import { judgeName } from './judge-name.js';
import { panelPlots } from './plots.js';
import type { StatisticsView } from './statistics-dto.js';
import { type Say, words } from './words.js';

const template =
  preamble +
  String.raw`
#set document(title: d.title, author: ())
#set page(paper: "a4", margin: (x: 20mm, top: 24mm, bottom: 20mm),
  header: text(size: 8pt, fill: ink2, grid(columns: (1fr, auto), column-gutter: 6mm, d.contest, d.title)),
  footer: align(center, text(size: 8pt, fill: ink2, context counter(page).display("— 1 —"))))
#set text(size: 9.5pt)
#let amber = rgb("#855A0C")
#let heading(words) = block(above: 8mm, below: 2.5mm, sticky: true, text(size: 13pt, weight: 700, words))
#let said(words, sticky: false) = block(above: 0mm, below: 3mm, sticky: sticky, { set par(leading: 0.5em); text(fill: ink2, words) })
#let pieces(plot) = for piece in plot { block(spacing: 0mm, image(bytes(piece), width: 100mm)) }
#set table(stroke: (x, y) => (bottom: 0.5pt + line, top: if y == 0 { 0.8pt + ink } else { none }), inset: (x: 4pt, y: 4pt))
#let list(columns, from, header, rows) = block(above: 4mm, table(
  columns: columns, align: (x, y) => if x >= from { right } else { left },
  table.header(..header.map(h => text(fill: ink2, size: 8.5pt, h))), ..rows.flatten()))

#align(center, fitted(18mm, (18pt, 15pt, 13pt), size => text(size: size, weight: 700, d.title)))
#v(1.5mm, weak: true)
#align(center, text(fill: ink2, d.subtitle))
#v(4mm, weak: true)
#said(d.note)

#heading(d.agree)
#for figure in d.figures {
  block(breakable: false, spacing: 0mm, width: 100%, inset: (y: 2mm), stroke: (bottom: 0.5pt + line),
    grid(columns: (1fr, auto), column-gutter: 8mm, align: (left, right + horizon),
      { figure.name; linebreak(); text(size: 8.5pt, fill: ink2, figure.means) },
      text(size: 14pt, figure.value)))
}

#heading(d.severity.heading)
#said(d.severity.text, sticky: true)
#pieces(d.severity.plot)
#list((1fr, auto, auto, auto, auto, auto), 1, d.severity.header, d.severity.rows)
#v(2mm)
#said(d.severity.columns)

#heading(d.sure.heading)
#said(d.sure.text, sticky: d.sure.rows.len() > 0)
#if d.sure.rows.len() > 0 {
  block(above: 0mm, below: 4mm, sticky: true, text(size: 10.5pt, weight: 700, fill: if d.sure.close { amber } else { ink }, d.sure.count))
  pieces(d.sure.plot)
  list((auto, 1fr, auto, auto), 3, d.sure.header,
    d.sure.rows.map(row => (row.place, { row.title; if row.shares != "" { linebreak(); text(size: 8pt, fill: ink2, row.shares) } },
      if row.close { text(fill: amber, row.tier) } else { row.tier }, row.sure)))
}

#heading(d.flags.heading)
#said(d.flags.text, sticky: true)
#block(above: 0mm, sticky: d.flags.rows.len() > 0, d.flags.count)
#if d.flags.rows.len() > 0 { list((1fr, auto, auto, auto, auto), 2, d.flags.header, d.flags.rows) }

#heading(d.affiliation.heading)
#said(d.affiliation.text)
#v(5mm)
#text(size: 7.5pt, fill: ink2, { d.hash.label; [ ]; fingerprint(d.hash.value) })
`;

const own = {
  zh: {
    title: '评委统计',
    dry: '试算，未锁定',
    locked: (n: number) => `已锁定，第 ${n} 版`,
    superseded: (n: number) => `第 ${n} 版，已被新版本替代`,
    hash: '结果哈希（SHA-256）',
    close: (tier: string) => `${tier}（难分高下）`,
  },
  en: {
    title: 'Statistics of the panel',
    dry: 'dry run, not locked',
    locked: (n: number) => `locked, version ${n}`,
    superseded: (n: number) => `version ${n}, superseded`,
    hash: 'Hash of the result (SHA-256)',
    close: (tier: string) => `${tier} (too close)`,
  },
};

/** Of which result the statistics are, as people call it. */
export interface Told {
  contest: string;
  category: string;
  round: string;
  status: 'dry' | 'locked' | 'superseded';
  version: number | null;
  hash: string;
  /** Names of the prizes, by tier. */
  tiers: ReadonlyMap<string, string>;
}

/** The statistics of a result on paper: the figures, sentences and plots of the page. */
export function statisticsSheet(told: Told, found: StatisticsView, lang: Language): Sheet {
  const said = own[lang];
  const say: Say = (key, values) => fill(words[lang][key], values ?? {});
  const plots = panelPlots(found, lang);
  const { status, version } = told;
  return {
    template,
    data: {
      lang,
      contest: told.contest,
      title: said.title,
      subtitle: [
        ...[told.category, told.round],
        status === 'dry' ? said.dry : said[status](version ?? 1),
      ].join(' · '),
      note: say('note'),
      agree: say('agree'),
      figures: agreementFigures(found, say),
      severity: {
        heading: say('severity'),
        text: say('severityText'),
        plot: plots.severity,
        header: (['judge', 'sheets', 'level', 'scatter', 'agreement', 'slope'] as const).map((key) =>
          say(key),
        ),
        rows: found.judges.map(({ judge, sheets, severity, error, ...facts }) => [
          ...[judgeName(judge, lang), String(sheets), `${fixed(severity)} ± ${fixed(error)}`],
          ...[fixed(facts.scatter), fixed(facts.agreement), fixed(facts.slope)],
        ]),
        columns: say('judgesText'),
      },
      sure: { heading: say('sure'), plot: plots.sure, ...sureSaid(told, found.confidence, say, said.close) },
      flags: flagsSaid(found.flags, say, lang),
      affiliation: { heading: say('affiliation'), text: affiliationSaid(found.affiliation, say) },
      hash: { label: said.hash, value: told.hash },
    },
    as: { kind: 'pdf' },
  };
}

function sureSaid(
  { tiers }: Told,
  confidence: StatisticsView['confidence'],
  say: Say,
  tooClose: (tier: string) => string,
) {
  if (!confidence) return { text: say('sureNone'), rows: [] };
  const nameOf = (tier: string | null) => (tier !== null && tiers.get(tier)) || say('noPrize');
  const { draws, sureFrom, close, works } = confidence;
  return {
    text: say('sureText', { draws, from: percent(sureFrom) }),
    close: close > 0,
    count: close > 0 ? say('close', { n: close }) : say('closeNone'),
    header: (['place', 'work', 'tier', 'share'] as const).map((key) => say(key)),
    rows: works.map((work) => ({
      place: String(work.place),
      title: `${work.submission.number} ${work.submission.title}`,
      shares: work.shares.map(({ tier, share }) => `${nameOf(tier)} ${percent(share)}`).join(' · '),
      tier: work.close && work.tier !== null ? tooClose(nameOf(work.tier)) : nameOf(work.tier),
      close: work.close && work.tier !== null,
      sure: percent(work.sure),
    })),
  };
}

function flagsSaid({ count, items }: StatisticsView['flags'], say: Say, lang: Language) {
  return {
    heading: say('flags'),
    text: say('flagsText'),
    count: count === 0 ? say('flagsNone') : say('flagsCount', { n: count, shown: items.length }),
    header: (['work', 'judge', 'given', 'expected', 'deviation'] as const).map((key) => say(key)),
    rows: items.map(({ submission, judge, value, expected, deviation }) => [
      ...[`${submission.number} ${submission.title}`, judgeName(judge, lang)],
      ...[fixed(value), fixed(expected), fixed(deviation, 1)],
    ]),
  };
}
