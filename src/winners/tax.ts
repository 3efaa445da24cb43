/**
 * What is withheld of a prize, as the organiser chooses for each tier. Rates and reliefs are those of the Individual Income
 * Tax Law of the PRC (2018) and of 国家税务总局公告2018年第61号 (withholding); docs/payments.md quotes them. Which of them
 * applies is the organiser's to decide with its tax office.
 */
export const taxRules = ['none', 'incidental', 'manuscript', 'labour'] as const;
export type TaxRule = (typeof taxRules)[number];

/**
 * Withheld of one payment, in fen, rounded half up.
 *
 * - `incidental` 偶然所得: 20 % of the whole (art. 3 (3), 6 (1) 6 of the Law).
 * - `labour` 劳务报酬: of the income less 800 yuan where it is at most 4,000, else less 20 %; 20 % up to 20,000 of that,
 *   30 % less 2,000 up to 50,000, 40 % less 7,000 above (公告 art. 8, 附件 2).
 * - `manuscript` 稿酬: the same relief, of which 70 % count, at 20 % (公告 art. 8).
 * - `none`: nothing, as for prizes that art. 4 (1) exempts.
 */
export function withheld(amountFen: number, rule: TaxRule): number {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) throw new RangeError(`no amount: ${amountFen}`);
  switch (rule) {
    case 'none':
      return 0;
    case 'incidental':
      return percent(amountFen * 100, 20);
    case 'manuscript':
      // 70 % of it, at 20 %.
      return percent(afterRelief(amountFen), 14);
    case 'labour': {
      const base = afterRelief(amountFen);
      if (base <= 20_000 * yuan) return percent(base, 20);
      if (base <= 50_000 * yuan) return percent(base, 30) - 2_000_00;
      return percent(base, 40) - 7_000_00;
    }
  }
}

/** In hundredths of a fen, in which 80 % of any amount are whole. */
const yuan = 10_000;

function afterRelief(amountFen: number): number {
  return amountFen <= 4_000_00 ? Math.max(0, amountFen - 800_00) * 100 : amountFen * 80;
}

/** So many percent of hundredths of a fen, in fen, half up. */
function percent(hundredths: number, rate: number): number {
  return Math.floor((hundredths * rate + 5_000) / 10_000);
}
