import type { Language } from '../common/problem.js';
import { writeXlsx, type XlsxColumn } from '../documents/xlsx.js';
import { maskAccount, maskId } from './identity.js';
import type { Payment, TierTotal, Totals } from './payments.service.js';

const money = '#,##0.00';

const words = {
  zh: {
    sheet: '奖金发放表',
    title: (contest: string) => `${contest}奖金发放表`,
    header: [
      '序号',
      '类别',
      '奖项',
      '作品编号',
      '作品',
      '领奖人',
      '证件类型',
      '证件号码',
      '开户行',
      '银行账号',
    ],
    amounts: ['奖金（元）', '扣税方式', '代扣税额（元）', '实发（元）'],
    sign: '签字',
    note: '备注',
    resident: '居民身份证',
    other: '其他证件',
    total: '合计',
    unfilled: '未填写领奖信息',
    samePerson: (numbers: string) => `与 ${numbers} 为同一人`,
    nameDiffers: (author: string) => `投稿作者为 ${author}`,
    budget: '与预算核对',
    budgetHeader: [
      '类别',
      '奖项',
      '名额',
      '每个（元）',
      '预算（元）',
      '获奖数',
      '应发（元）',
      '空缺数',
      '空缺金额（元）',
    ],
    rules: '扣税方式',
    rulesHeader: ['奖项', '主办方选择', '依据'],
    rule: { none: '不扣税', incidental: '偶然所得', manuscript: '稿酬所得', labour: '劳务报酬所得' },
    basis: {
      none: '由主办方确认，例如《个人所得税法》第四条第一项的免税奖金',
      incidental: '《个人所得税法》第三条、第六条：每次收入的 20%',
      manuscript: '国家税务总局公告2018年第61号第八条：减除费用后按 70% 计，税率 20%',
      labour: '国家税务总局公告2018年第61号第八条：减除费用后，税率 20%、30%、40%',
    },
    disclaimer: '扣税方式由主办方选择，发放前请与税务部门核对。',
  },
  en: {
    sheet: 'Payments',
    title: (contest: string) => `Prize money of ${contest}`,
    header: [
      'No.',
      'Category',
      'Prize',
      'Work number',
      'Work',
      'Payee',
      'Document',
      'Document no.',
      'Bank',
      'Account',
    ],
    amounts: ['Prize (CNY)', 'Tax', 'Withheld (CNY)', 'Net (CNY)'],
    sign: 'Signature',
    note: 'Note',
    resident: 'Identity card',
    other: 'Other',
    total: 'Total',
    unfilled: 'Not filled in',
    samePerson: (numbers: string) => `Same person as ${numbers}`,
    nameDiffers: (author: string) => `Sent as a work of ${author}`,
    budget: 'Against the budget',
    budgetHeader: [
      'Category',
      'Prize',
      'Places',
      'Each (CNY)',
      'Budget (CNY)',
      'Awarded',
      'Payable (CNY)',
      'Vacant',
      'Vacant (CNY)',
    ],
    rules: 'Taxes',
    rulesHeader: ['Prize', 'Chosen by the organiser', 'Source'],
    rule: {
      none: 'None',
      incidental: 'Incidental income',
      manuscript: 'Author’s remuneration',
      labour: 'Labour',
    },
    basis: {
      none: 'As the organiser confirms, such as art. 4 (1) of the Individual Income Tax Law of the PRC',
      incidental: 'Individual Income Tax Law of the PRC, art. 3 and 6: 20 % of each payment',
      manuscript: 'State Taxation Administration, notice 61 of 2018, art. 8: 70 % after relief, at 20 %',
      labour: 'State Taxation Administration, notice 61 of 2018, art. 8: after relief, 20 %, 30 %, 40 %',
    },
    disclaimer: 'The organiser chooses how prizes are taxed: check it with the tax office before paying.',
  },
};

export interface AccountingOptions {
  contest: string;
  fullNumbers: boolean;
  language: Language;
}

/** accounting.xlsx: who gets how much, less which tax, with a place to sign; what it adds up to, against the budget. */
export function accountingXlsx(
  { payments, tiers, totals }: { payments: Payment[]; tiers: TierTotal[]; totals: Totals },
  { contest, fullNumbers, language }: AccountingOptions,
): Promise<Buffer> {
  const said = words[language];
  const text = (headers: string[], widths: number[]): XlsxColumn[] =>
    headers.map((header, index) => ({ header, width: widths[index] }));
  const amount = (header: string): XlsxColumn => ({ header, width: 14, type: 'number', format: money });
  const count = (header: string): XlsxColumn => ({ header, width: 9, type: 'number' });
  const [prize, rule, withheldHead, net] = said.amounts as [string, string, string, string];
  const [category, tier, places, each, budget, awarded, payable, vacant, vacantAmount] = said.budgetHeader;
  return writeXlsx({
    sheets: [
      {
        name: said.sheet,
        title: said.title(contest),
        columns: [
          ...text(said.header, [6, 12, 10, 10, 26, 12, 12, 22, 26, 24]),
          amount(prize),
          { header: rule, width: 14 },
          amount(withheldHead),
          amount(net),
          { header: said.sign, width: 16 },
          { header: said.note, width: 30 },
        ],
        rows: [
          ...payments.map((payment, index) => [
            String(index + 1),
            ...lineOf(payment, fullNumbers, language),
            payment.amountFen / 100,
            payment.rule ? said.rule[payment.rule] : '',
            fenOrNothing(payment.taxFen),
            fenOrNothing(payment.taxFen === null ? null : payment.amountFen - payment.taxFen),
            '',
            noteOf(payment, payments, language),
          ]),
          [
            said.total,
            ...Array.from({ length: said.header.length - 1 }, () => ''),
            totals.payableFen / 100,
            '',
            fenOrNothing(totals.taxFen),
            fenOrNothing(totals.netFen),
          ],
        ],
      },
      {
        name: said.budget,
        columns: [
          { header: category, width: 16 },
          { header: tier, width: 12 },
          count(places),
          amount(each),
          amount(budget),
          count(awarded),
          amount(payable),
          count(vacant),
          amount(vacantAmount),
        ],
        rows: [
          ...tiers.map((one) => [
            one.category,
            one.name,
            one.quota,
            one.amountFen / 100,
            (one.quota * one.amountFen) / 100,
            one.awards,
            (one.awards * one.amountFen) / 100,
            one.quota - one.awards,
            ((one.quota - one.awards) * one.amountFen) / 100,
          ]),
          [
            said.total,
            '',
            sum(tiers.map(({ quota }) => quota)),
            null,
            totals.budgetFen / 100,
            sum(tiers.map(({ awards }) => awards)),
            totals.payableFen / 100,
            sum(tiers.map(({ quota, awards }) => quota - awards)),
            totals.vacantFen / 100,
          ],
        ],
      },
      {
        name: said.rules,
        title: said.disclaimer,
        columns: text(said.rulesHeader, [26, 24, 70]),
        rows: tiers.map((one) => [
          `${one.category} · ${one.name}`,
          one.rule ? said.rule[one.rule] : '',
          one.rule ? said.basis[one.rule] : '',
        ]),
      },
    ],
  });
}

function lineOf({ award, told }: Payment, fullNumbers: boolean, language: Language): string[] {
  const said = words[language];
  return [
    award.category,
    award.tier,
    award.number,
    award.title,
    told?.realName ?? award.author,
    told ? said[told.idType] : '',
    told ? (fullNumbers ? told.idNumber : maskId(told.idNumber)) : '',
    told?.bank ?? '',
    told ? (fullNumbers ? told.account : maskAccount(told.account)) : '',
  ];
}

function noteOf({ award, payee, told }: Payment, payments: Payment[], language: Language): string {
  const said = words[language];
  if (!told) return said.unfilled;
  const same = payments.filter(
    (other) =>
      other.award.submissionId !== award.submissionId &&
      other.payee?.personHash &&
      other.payee.personHash === payee?.personHash,
  );
  return [
    ...(same.length > 0 ? [said.samePerson(same.map((other) => other.award.number).join('、'))] : []),
    ...(told.realName === award.author ? [] : [said.nameDiffers(award.author)]),
  ].join(language === 'zh' ? '；' : '; ');
}

function fenOrNothing(fen: number | null): number | null {
  return fen === null ? null : fen / 100;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The tiers of which somebody has won a prize, and for which no rule was chosen. */
export function undecidedTiers(tiers: TierTotal[]): string[] {
  return tiers
    .filter(({ rule, awards }) => rule === null && awards > 0)
    .map(({ category, name }) => `${category} ${name}`);
}
