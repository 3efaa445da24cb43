/** What is wrong with a number that should be of a resident identity card; null for nothing. */
export type IdProblem = 'form' | 'birth' | 'check';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/**
 * The citizen identification number of GB 11643-1999: region, date of birth, sequence, and a check character by ISO 7064
 * MOD 11-2 over the seventeen digits before it. One wrong digit, or two neighbours exchanged, never pass.
 * @param today `2026-11-28`: nobody is born later
 */
export function residentIdProblem(number: string, today: string): IdProblem | null {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return 'form';
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const date = new Date(`${birth}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === birth;
  if (!exists || birth < '1880-01-01' || birth > today) return 'birth';
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return checks[sum % 11] === number[17] ? null : 'check';
}

/** Passports, and permits of residents of Hong Kong, Macau, Taiwan and of foreigners: letters and digits, of no common check. */
export function isOtherId(number: string): boolean {
  return /^[A-Z0-9]{5,20}$/.test(number);
}

/**
 * Whether a card number ends in the digit that ISO/IEC 7812-1 (annex B, the Luhn formula) asks for. Cards do; a few banks'
 * older accounts don't, so a number that fails is doubted and not refused.
 */
export function passesLuhn(account: string): boolean {
  const sum = Array.from(account)
    .reverse()
    .reduce((total, character, index) => {
      const doubled = Number(character) * (index % 2 === 1 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** 430***********1234: as screens show it. */
export function maskId(number: string): string {
  return number.length < 8
    ? `${number.slice(0, 1)}${'*'.repeat(number.length - 1)}`
    : number.replace(
        /^(.{3}).*(.{4})$/,
        (_, first: string, last: string) => first + '*'.repeat(number.length - 7) + last,
      );
}

/** **** 1234 */
export function maskAccount(account: string): string {
  return `**** ${account.slice(-4)}`;
}
