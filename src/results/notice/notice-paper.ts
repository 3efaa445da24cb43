import type { Language } from '../../common/problem.js';
import { preamble } from '../../contests/print/markup.js';
import { qrSvg } from '../../documents/qr.js';
import type { Sheet } from '../../documents/typesetting/messages.js';
import type { NoticeChange, NoticeView } from './notice-dto.js';

const template =
  preamble +
  String.raw`
#set document(title: d.title, author: ())
#set page(paper: "a4", margin: (x: 25mm, top: 26mm, bottom: 22mm),
  footer: align(center, text(size: 8pt, fill: ink2, context counter(page).display("— 1 —"))))
#set text(size: 11.5pt)
#align(center, fitted(26mm, (20pt, 18pt, 16pt, 14pt), size => text(size: size, weight: 700, d.title)))
#if d.subtitle != "" { align(center, text(size: 10.5pt, fill: ink2, d.subtitle)) }
#v(6mm, weak: true)
#set par(leading: 0.85em, justify: true)
#for words in d.paragraphs { par(first-line-indent: (amount: d.indent * 1em, all: true), words) }
#set par(leading: 0.42em, justify: false)

#let heading(words) = block(above: 6.5mm, below: 2.5mm, sticky: true, pad(left: 7mm, text(size: 12.5pt, weight: 700, fill: seal, words)))
#let head(words) = text(size: 8.5pt, fill: ink2, words)
#set table(inset: (x: 3pt, y: 5pt), stroke: (x, y) => (bottom: 0.5pt + line.darken(8%)))

#if d.changes.len() > 0 {
  heading(d.changesHeading)
  if d.reason != "" { block(below: 2mm, pad(left: 7mm, text(size: 10pt, fill: ink2, d.reason))) }
  table(columns: (auto, 24mm, 1fr, 30mm, 40mm),
    table.header(..d.changeHeader.map(head)), ..d.changes.flatten())
}
#for category in d.categories {
  if d.categories.len() > 1 { block(above: 8mm, below: 0mm, sticky: true, text(size: 13.5pt, weight: 700, category.name)) }
  for tier in category.tiers {
    heading(tier.name)
    table(columns: (14mm, 26mm, 1fr, 38mm), align: (x, y) => if x == 0 { center } else { left },
      table.header(..d.header.map(head)), ..tier.rows.flatten())
  }
}

#v(8mm)
#block(breakable: false, grid(columns: (1fr, auto), column-gutter: 8mm,
  {
    set text(size: 7.5pt, fill: ink2)
    for proof in d.proofs { block(below: 1.6mm, { proof.label; [ ]; fingerprint(proof.hash) }) }
    v(2mm)
    grid(columns: (18mm, 1fr), column-gutter: 3mm, align: horizon, image(bytes(d.qr), width: 18mm), d.scan)
  },
  align(std.right, { v(6mm); text(size: 12pt, d.issuer); v(2.5mm, weak: true); text(size: 11.5pt, d.date) })))
`;

const words = {
  zh: {
    title: (contest: string) => `“${contest}”获奖作品公示`,
    version: (n: number) => `（第 ${n} 版，替代此前各版）`,
    intro: (contest: string, n: number) =>
      `“${contest}”评审工作已经结束，共评出获奖作品${hanCount(n)}件，现予公示。`,
    period: (from: string, to: string, days: number) =>
      `公示期为${from}至${to}（发布次日起 ${days} 个工作日），到最后一日 24 时止。`,
    complain: ({ contact, phone, email }: NoticeView) =>
      `公示期内如有异议，请扫码在网上实名提交，或向${contact}反映，电话 ${phone}${email ? `，邮箱 ${email}` : ''}。`,
    header: ['序号', '编号', '作品', '作者'],
    tier: (name: string, n: number) => `${name}（${n} 名）`,
    changes: '与上一版相比的改动',
    reason: (reason: string) => `改动原因：${reason}`,
    changeHeader: ['', '编号', '作品', '作者', '奖项'],
    kind: { added: '新增', removed: '取消', moved: '调整' },
    none: '—',
    hash: (category: string) => `${category} 结果哈希（SHA-256）`,
    head: '审计链',
    scan: '扫码查看公示、提交异议',
  },
  en: {
    title: (contest: string) => `Public notice: winners of ${contest}`,
    version: (n: number) => `Version ${n}, in place of all before it`,
    intro: (contest: string, n: number) =>
      `Judging of “${contest}” is complete. ${n} works have won a prize and are published here.`,
    period: (from: string, to: string, days: number) =>
      `The notice stands from ${from} to ${to}, 24:00 (${days} working days, beginning with the day after publication).`,
    complain: ({ contact, phone, email }: NoticeView) =>
      `Objections are taken until then, under your real name: scan the code, or turn to ${contact}, telephone ${phone}${email ? `, ${email}` : ''}.`,
    header: ['No.', 'Number', 'Work', 'Author'],
    tier: (name: string, n: number) => `${name} (${n})`,
    changes: 'What this version changes',
    reason: (reason: string) => `Reason: ${reason}`,
    changeHeader: ['', 'Number', 'Work', 'Author', 'Prize'],
    kind: { added: 'added', removed: 'removed', moved: 'moved' },
    none: '–',
    hash: (category: string) => `${category}: hash of the result (SHA-256)`,
    head: 'Audit chain',
    scan: 'Scan to read the notice, and to object',
  },
};

/** The notice on paper. @param address of its page */
export function noticeSheet(notice: NoticeView, address: string, lang: Language): Sheet {
  const said = words[lang];
  const [own] = notice.versions;
  const prize = ({ from, to }: NoticeChange) => `${from ?? said.none} → ${to ?? said.none}`;
  return {
    template,
    data: {
      lang,
      title: said.title(notice.contest.title),
      subtitle: notice.version > 1 ? said.version(notice.version) : '',
      indent: lang === 'zh' ? 2 : 0,
      paragraphs: [
        said.intro(notice.contest.title, notice.awards),
        said.period(
          dayInWords(notice.publishedOn, lang),
          dayInWords(notice.lastDay, lang),
          notice.workingDays,
        ),
        said.complain(notice),
      ],
      changesHeading: said.changes,
      reason: own.reason && said.reason(own.reason),
      changeHeader: said.changeHeader,
      changes: own.changes.map((change) => [
        said.kind[change.kind],
        change.number,
        change.title,
        change.name,
        prize(change),
      ]),
      header: said.header,
      categories: notice.categories.map(({ name, tiers }) => ({
        name,
        tiers: tiers.map((tier) => ({
          name: said.tier(tier.name, tier.awards.length),
          rows: tier.awards.map((award, index) => [String(index + 1), award.number, award.title, award.name]),
        })),
      })),
      proofs: [
        ...notice.categories.map(({ name, hash }) => ({ label: said.hash(name), hash })),
        ...(notice.auditHead ? [{ label: said.head, hash: notice.auditHead }] : []),
      ],
      qr: qrSvg(address),
      scan: said.scan,
      issuer: notice.issuer,
      date: dayInWords(notice.publishedOn, lang),
    },
    as: { kind: 'pdf' },
  };
}

function dayInWords(day: string, lang: Language): string {
  const [year, month, date] = day.split('-').map(Number);
  if (lang === 'zh') return `${year} 年 ${month} 月 ${date} 日`;
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'long' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

const digits = '零一二三四五六七八九';

/** 一百一十一, as notices count their works; from ten thousand on in figures. */
export function hanCount(value: number): string {
  if (value === 0 || value >= 10_000) return value === 0 ? digits[0] : String(value);
  const places = ['千', '百', '十', ''];
  const figures = String(value).padStart(4, '0');
  let said = '';
  for (const [index, figure] of Array.from(figures).entries()) {
    if (figure !== '0') said += digits[Number(figure)] + places[index];
    // A gap inside is said once, at the end not at all.
    else if (said && !said.endsWith(digits[0]) && Number(figures.slice(index)) > 0) said += digits[0];
  }
  return value < 20 && value >= 10 ? said.slice(1) : said;
}
