import type { Language } from '../../common/problem.js';
import type { Awarded } from '../../results/awarded/awarded.service.js';

/** What a certificate says; the template sets it. */
export interface CertificateFacts {
  lang: Language;
  contest: string;
  heading: string;
  headingSize: number;
  headingTracking: number;
  subheading: string;
  name: string;
  greeting: string;
  indent: number;
  before: string;
  work: string;
  after: string;
  tier: string;
  tierTracking: number;
  closing: string;
  numberLine: string;
  checkLine: string;
  issuer: string;
  date: string;
  seal: string[];
}

interface Occasion {
  contest: string;
  timeZone: string;
  issuer: string;
  number: string;
  awardedAt: Date;
}

export function certificateFacts(award: Awarded, occasion: Occasion, lang: Language): CertificateFacts {
  const { contest, timeZone, number, awardedAt } = occasion;
  const shared = { lang, contest, work: award.title, tier: award.tier, seal: sealRows(contest) };
  if (lang === 'zh') {
    const noun = award.media === 'video' ? '短视频' : '摄影';
    return {
      ...shared,
      heading: '荣誉证书',
      headingSize: 44,
      headingTracking: 0.42,
      subheading: 'CERTIFICATE OF HONOUR',
      name: award.author,
      greeting: '：',
      indent: 2,
      before: `您的${noun}作品《`,
      after: `》在“${contest}”比赛（${award.category}）中，经评委会评定，荣获`,
      tierTracking: 0.3,
      closing: '特发此证，以资鼓励。',
      numberLine: `证书编号 ${number}`,
      checkLine: '扫码核验真伪',
      issuer: occasion.issuer,
      date: hanDate(awardedAt, timeZone),
    };
  }
  return {
    ...shared,
    heading: 'Certificate of Honour',
    headingSize: 33,
    headingTracking: 0.02,
    subheading: '荣 誉 证 书',
    name: award.author,
    greeting: '',
    indent: 0,
    before: 'The judges of the contest awarded your work “',
    after: `”, in the category ${award.category}, the prize`,
    tierTracking: 0.08,
    closing: 'in witness whereof this certificate is issued.',
    numberLine: `Certificate no. ${number}`,
    checkLine: 'Scan to check that it is genuine',
    issuer: occasion.issuer,
    date: new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long' }).format(awardedAt),
  };
}

const digits = '〇一二三四五六七八九';

/** 二〇二六年十一月二十三日 */
export function hanDate(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(instant)
    .reduce<Record<string, string>>((all, { type, value }) => ({ ...all, [type]: value }), {});
  const year = Array.from(parts['year'], (digit) => digits[Number(digit)]).join('');
  return `${year}年${hanNumber(Number(parts['month']))}月${hanNumber(Number(parts['day']))}日`;
}

/** 1 to 99, as dates say them. */
function hanNumber(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  return (tens > 0 ? (tens > 1 ? digits[tens] : '') + '十' : '') + (ones > 0 ? digits[ones] : '');
}

/** The contest's name as a seal has it: one row for each of its parts, if they are short; else the platform's own. */
export function sealRows(title: string): string[] {
  const parts = title.match(/\p{Script=Han}+/gu) ?? [];
  const [only = ''] = parts;
  if (parts.length === 1 && only.length === 4) return [only.slice(0, 2), only.slice(2)];
  const fits = parts.length > 0 && parts.length <= 3 && parts.every((part) => part.length <= 4);
  return fits ? parts : ['定格'];
}
