import type { Language } from '../../common/problem.js';
import type { ContestDto } from '../dto.js';

const words = {
  zh: {
    brand: '定格',
    prizes: '奖项',
    entry: '征稿',
    scan: '扫码投稿',
    quota: (n: string) => `${n} 名`,
    total: (awards: string, yuan: string) => `共 ${awards} 个奖项，奖金合计 ${yuan}`,
    until: (day: string) => `征稿至 ${day}`,
  },
  en: {
    brand: 'Dingge',
    prizes: 'Prizes',
    entry: 'Entries',
    scan: 'Scan to enter',
    quota: (n: string) => `× ${n}`,
    total: (awards: string, yuan: string) => `${awards} prizes, ${yuan} in all`,
    until: (day: string) => `Entries until ${day}`,
  },
};

/** A contest as paper and cards tell it. */
export interface PrintFacts {
  lang: Language;
  brand: string;
  region: string;
  title: string;
  fullTitle: string;
  sentence: string;
  prizesHeading: string;
  total: string;
  categories: { name: string; tiers: { name: string; quota: string; amount: string }[] }[];
  entryHeading: string;
  dates: string;
  scan: string;
  /** One line: until when, and what there is to win. */
  summary: string;
}

export function printFacts(contest: ContestDto, lang: Language): PrintFacts {
  const said = words[lang];
  const lastMoment = new Date(Date.parse(contest.closesAt) - 1);
  const day = (instant: Date, withYear: boolean) =>
    new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: contest.timeZone,
      month: 'long',
      day: 'numeric',
      ...(withYear ? { year: 'numeric' } : {}),
    }).format(instant);
  const opensAt = new Date(contest.opensAt);
  const year = (instant: Date) =>
    new Intl.DateTimeFormat('en', { timeZone: contest.timeZone, year: 'numeric' }).format(instant);
  // Named once where it is the same.
  const years = year(opensAt) === year(lastMoment) ? [year(opensAt)] : [];
  const tiers = contest.categories.flatMap(({ prizeTiers }) => prizeTiers);
  const awards = tiers.reduce((sum, { quota }) => sum + quota, 0);
  const yuan = tiers.reduce((sum, { quota, amountYuan }) => sum + quota * amountYuan, 0);
  const total = awards > 0 ? said.total(figure(awards), money(yuan)) : '';
  return {
    lang,
    brand: said.brand,
    region: contest.region,
    title: contest.title,
    fullTitle: contest.fullTitle,
    sentence: hanPunctuation(contest.brief),
    prizesHeading: said.prizes,
    total,
    categories: contest.categories.map(({ name, prizeTiers }) => ({
      name,
      tiers: prizeTiers.map((tier) => ({
        name: tier.name,
        quota: said.quota(figure(tier.quota)),
        amount: money(tier.amountYuan),
      })),
    })),
    entryHeading: [said.entry, ...years].join(' '),
    dates: `${day(opensAt, years.length === 0)} – ${day(lastMoment, years.length === 0)}`,
    scan: said.scan,
    summary: [said.until(day(lastMoment, false)), total].filter(Boolean).join(' · '),
  };
}

function figure(value: number): string {
  return value.toLocaleString('en-US');
}

function money(yuan: number): string {
  return `¥ ${figure(yuan)}`;
}

const fullWidth: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };

/** Marks typed half width beside Chinese, as they are set in print. */
function hanPunctuation(text: string): string {
  return text
    .replace(/(?<=[\u3400-\u9fff”)])[,;:?!](?=[\u3400-\u9fff“]|$)/g, (mark) => fullWidth[mark] ?? mark)
    .replace(/(?<=[\u3400-\u9fff])\(([^()]*)\)/g, '（$1）');
}
