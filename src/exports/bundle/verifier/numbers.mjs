// Exact numbers, as [numerator, denominator > 0], and what makes one score out of many totals.

const gcd = (a, b) => {
  a = a < 0n ? -a : a;
  while (b) [a, b] = [b, a % b];
  return a;
};
export const q = (n, d = 1n) => {
  if (d < 0n) [n, d] = [-n, -d];
  const by = gcd(n, d) || 1n;
  return [n / by, d / by];
};
export const zero = q(0n);
export const int = (n) => q(BigInt(n));
export const add = ([a, b], [c, d]) => (b === d ? q(a + c, b) : q(a * d + c * b, b * d));
export const sub = (x, [c, d]) => add(x, [-c, d]);
export const mul = ([a, b], [c, d]) => q(a * c, b * d);
export const div = ([a, b], [c, d]) => q(a * d, b * c);
export const cmp = ([a, b], [c, d]) => (a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
export const total = (list) => list.reduce(add, zero);
export const average = (list) => (list.length === 0 ? zero : div(total(list), int(list.length)));
export const same = (x, y) => x[0] === y[0] && x[1] === y[1];
export const asFloat = ([a, b]) => Number((a * 10n ** 25n) / b) / 1e25;
export const written = ([a, b]) => `${a}/${b}`;

/** A number of JSON or a decimal text. */
export function decimal(value) {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(String(value));
  if (!match) throw new Error(`not a number: ${value}`);
  const [, sign, whole, part = '', power = '0'] = match;
  const scale = Number(power) - part.length;
  const digits = BigInt(sign + whole + part);
  return scale >= 0 ? q(digits * 10n ** BigInt(scale)) : q(digits, 10n ** BigInt(-scale));
}

/** To so many decimals: half-away, half-even, down (towards −∞), up. */
export function rounded([a, b], places, mode = 'half-away') {
  const unit = 10n ** BigInt(places);
  const negative = a < 0n;
  const scaled = (negative ? -a : a) * unit;
  let units = scaled / b;
  const left = scaled % b;
  const half = left * 2n;
  const more =
    mode === 'half-away'
      ? half >= b
      : mode === 'half-even'
        ? half > b || (half === b && units % 2n === 1n)
        : mode === 'down'
          ? negative && left > 0n
          : !negative && left > 0n;
  if (more) units += 1n;
  return q(negative ? -units : units, unit);
}

export function printed(value, places) {
  const [a, b] = rounded(value, places);
  const units = ((a < 0n ? -a : a) * 10n ** BigInt(places)) / b;
  const text = String(units).padStart(places + 1, '0');
  const sign = a < 0n ? '-' : '';
  return sign + (places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`);
}

/** √ of a fraction to fifty decimals. */
function root([a, b]) {
  const scale = 10n ** 50n;
  const square = (a * scale * scale) / b;
  if (square === 0n) return zero;
  let guess = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (guess + square / guess) >> 1n;
    if (next >= guess) return q(guess, scale);
    guess = next;
  }
}

export const ordered = (list) => [...list].sort(cmp);

export function middle(list) {
  if (list.length === 0) return zero;
  const line = ordered(list);
  const half = line.length >> 1;
  return line.length % 2 === 1 ? line[half] : average([line[half - 1], line[half]]);
}

export function trimmed(list, { highest, lowest }) {
  return average(ordered(list).slice(lowest, list.length - highest));
}

/** Each value's rank among all, the best being 1, equal ones sharing the mean. */
function midRanks(values) {
  const line = values.map((value, index) => ({ value, index })).sort((a, b) => cmp(b.value, a.value));
  const ranks = [];
  for (let from = 0, to = 0; from < line.length; from = to) {
    while (to < line.length && same(line[to].value, line[from].value)) to += 1;
    for (let at = from; at < to; at++) ranks[line[at].index] = q(BigInt(from + 1 + to), 2n);
  }
  return ranks;
}

/** (N − 1)(n − rank) ÷ (n − 1): points of a judge who ranked n of the N works. */
export function bordaPoints(values, works) {
  const n = values.length;
  if (n === 1) return [q(BigInt(works - 1), 2n)];
  const stretch = q(BigInt(works - 1), BigInt(n - 1));
  return midRanks(values).map((rank) => mul(stretch, sub(int(n), rank)));
}

export function zScores(values) {
  const centre = average(values);
  const off = values.map((value) => sub(value, centre));
  const spread = root(div(total(off.map((x) => mul(x, x))), int(values.length - 1)));
  return off.map((x) => (same(spread, zero) ? zero : rounded(div(x, spread), 9)));
}
