/** A work's totals, 0–100 points, parallel to the numbers of the judges who gave them, which ascend. */
export interface Row {
  judges: readonly number[];
  values: readonly number[];
}

/**
 * y_ij = μ + α_i + β_j + e by least squares, Σα = Σβ = 0, in floating point: statistics are for the eye. What prizes
 * depend on is solved exactly, in `arithmetic/additive.ts`.
 */
export interface Fit {
  mu: number;
  /** By row. */
  works: number[];
  /** By judge number; zero for one without a sheet. */
  judges: number[];
  /** Judges who have a sheet, ascending. */
  present: number[];
  cells: number;
  freedom: number;
  /** Σe² */
  squares: number;
  /** σ̂²; zero where no mark is to spare. */
  variance: number;
  /** C⁺ of the normal equations of β, in the order of `present`: Var β̂ = σ²C⁺. */
  inverse: number[][];
  /** By row and mark. */
  residuals: number[][];
  /** How far each mark draws its own fitted value: Var e = σ²(1 − h). */
  leverages: number[][];
}

/** @returns null for works that share no judge with the others, or fewer than two judges or works */
export function* fitTable(rows: readonly Row[]): Generator<void, Fit | null> {
  const present = [...new Set(rows.flatMap(({ judges }) => judges))].sort((a, b) => a - b);
  const size = present.length;
  if (size < 2 || rows.length < 2) return null;
  const seat = new Map(present.map((judge, index) => [judge, index]));
  const seats = rows.map(({ judges }) => judges.map((judge) => seat.get(judge)!));
  const means = rows.map(({ values }) => meanOf(values));

  const matrix = present.map(() => present.map(() => 0));
  const right = present.map(() => 0);
  let cells = 0;
  for (const [index, row] of rows.entries()) {
    if (index % STEP === 0) yield;
    const own = seats[index];
    cells += own.length;
    own.forEach((a, at) => {
      matrix[a][a] += 1;
      right[a] += row.values[at] - means[index];
      for (const b of own) matrix[a][b] -= 1 / own.length;
    });
  }
  // Adding 1 to each element picks the solution with Σβ = 0; its inverse is C⁺ + 11ᵀ / k².
  const whole = invert(matrix.map((row) => row.map((value) => value + 1)));
  if (!whole) return null;
  const inverse = whole.map((row) => row.map((value) => value - 1 / size ** 2));
  const effects = inverse.map((row) => row.reduce((sum, value, at) => sum + value * right[at], 0));

  const levels = rows.map(
    (_, index) =>
      means[index] - seats[index].reduce((sum, own) => sum + effects[own], 0) / seats[index].length,
  );
  const mu = meanOf(levels);
  const residuals = rows.map(({ values }, index) =>
    values.map((y, at) => y - levels[index] - effects[seats[index][at]]),
  );
  const leverages: number[][] = [];
  for (const [index, own] of seats.entries()) {
    if (index % STEP === 0) yield;
    leverages.push(leveragesOf(own, inverse));
  }
  const squares = residuals.reduce((all, row) => all + row.reduce((sum, e) => sum + e * e, 0), 0);
  const freedom = cells - rows.length - size + 1;
  const judges: number[] = Array.from({ length: present.at(-1)! + 1 }, () => 0);
  present.forEach((judge, index) => (judges[judge] = effects[index]));
  return {
    ...{ mu, judges, present, cells, freedom, squares, inverse, residuals, leverages },
    works: levels.map((level) => level - mu),
    variance: freedom > 0 ? squares / freedom : 0,
  };
}

/** So many works between two moments at which something else may have its turn. */
const STEP = 200;

/** h = 1/k_i + (u_j − p)ᵀ C⁺ (u_j − p), p being the mean of the unit vectors of the work's judges. */
function leveragesOf(own: readonly number[], inverse: readonly (readonly number[])[]): number[] {
  const k = own.length;
  const ofMean = own.map((a) => own.reduce((sum, b) => sum + inverse[a][b], 0) / k);
  const ofBoth = meanOf(ofMean);
  return own.map((a, at) => 1 / k + inverse[a][a] - 2 * ofMean[at] + ofBoth);
}

/** By Gauss–Jordan elimination with partial pivoting; null if singular. */
function invert(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(work[row][column]) > Math.abs(work[pivot][column])) pivot = row;
    }
    [work[column], work[pivot]] = [work[pivot], work[column]];
    const head = work[column];
    const scale = head[column];
    if (Math.abs(scale) < 1e-9) return null;
    for (let at = 0; at < head.length; at++) head[at] /= scale;
    work.forEach((row, index) => {
      const factor = row[column];
      if (index === column || factor === 0) return;
      for (let at = 0; at < row.length; at++) row[at] -= factor * head[at];
    });
  }
  return work.map((row) => row.slice(size));
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
