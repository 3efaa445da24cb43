import { Fraction, leastCommonMultiple } from './fraction.js';

/** One judge's value for the work in whose row it stands, in whole units of the caller's choice. */
export interface Cell {
  judge: number;
  value: bigint;
}

/** One row for each work, none empty. A judge has at most one cell in a row. */
export type Table = readonly (readonly Cell[])[];

/** y_ij = μ + α_i + β_j + e_ij, with Σα = Σβ = 0; all in the unit of the cells. */
export interface AdditiveFit {
  model: 'additive' | 'mixed';
  /** The penalty on β: zero in the additive model, null where no judge effect shows at all (β = 0). */
  lambda: Fraction | null;
  mu: Fraction;
  /** α_i: what the work is worth above the average work. */
  works: Fraction[];
  /** β_j: how far the judge marks above the average judge; zero for one without a cell. */
  judges: Fraction[];
}

/** The works fall apart in groups that share no judge, so nothing compares one group with another. */
export interface Disconnected {
  code: 'RESULT.DISCONNECTED';
  /** Row numbers by group, the largest group first. */
  groups: number[][];
}

/** A judge with fewer works than this says too little of himself: his effect is shrunk (mixed model). */
export const LEAST_WORKS_FOR_FIXED_EFFECT = 10;

/** λ is estimated, so more digits of it mean nothing; rounding it keeps the integers of the second solve short. */
const LAMBDA_PLACES = 9;

/**
 * Fits the additive model by least squares; with fewer than ten works for some judge the mixed one, a penalty
 * λ = σ²/σ_β² on β. Solved in integers (Bareiss), so the result is the same on every machine and equal works come
 * out equal. Source: Searle, Casella and McCulloch, *Variance Components* (1992): the two-way layout without
 * interaction; σ² and σ_β² by Henderson's method 3.
 */
export function fitAdditive(table: Table): AdditiveFit | Disconnected {
  const groups = connectedGroups(table);
  return groups.length > 1 ? { code: 'RESULT.DISCONNECTED', groups } : fitConnected(table);
}

/**
 * The same for a table known to be connected.
 * @param lambda the penalty to use instead of choosing one: so a criterion is fitted as the totals were
 */
export function fitConnected(table: Table, lambda?: Fraction | null): AdditiveFit {
  const equations = normalEquations(table);
  const penalty = lambda === undefined ? choosePenalty(table, equations) : lambda;
  const solved = penalty === null ? equations.present.map(() => Fraction.zero) : solve(equations, penalty);

  const judges: Fraction[] = Array.from({ length: judgeCount(table) }, () => Fraction.zero);
  equations.present.forEach((judge, index) => (judges[judge] = solved[index]));
  const levels = levelsOfWorks(table, judges, equations.scale);
  const mu = levels
    .reduce((total, level) => total.add(level), Fraction.zero)
    .div(Fraction.of(BigInt(levels.length)))
    .reduce();
  return {
    model: penalty?.numerator !== 0n ? 'mixed' : 'additive',
    lambda: penalty,
    mu,
    works: levels.map((level) => level.sub(mu)),
    judges,
  };
}

/** What least squares leaves to solve for β once every α is eliminated, times `scale` to be whole. */
interface NormalEquations {
  /** The judges who have a cell, in ascending order; rows and columns follow it. */
  present: number[];
  worksOfJudge: number[];
  /** scale × (n_j on the diagonal − Σ 1/k_i over the works shared). Its rows add up to zero. */
  matrix: bigint[][];
  /** scale × Σ (y_ij − mean of work i) by judge. */
  right: bigint[];
  /** A common multiple of the numbers of marks that works have. */
  scale: bigint;
}

function normalEquations(table: Table): NormalEquations {
  const present = [...new Set(table.flatMap((row) => row.map((cell) => cell.judge)))].sort((a, b) => a - b);
  const position: number[] = [];
  present.forEach((judge, index) => (position[judge] = index));
  const scale = leastCommonMultiple(new Set(table.map((row) => BigInt(row.length))));
  const worksOfJudge = present.map(() => 0);
  const matrix = present.map(() => present.map(() => 0n));
  const right = present.map(() => 0n);
  for (const row of table) {
    const share = scale / BigInt(row.length);
    const total = row.reduce((sum, cell) => sum + cell.value, 0n);
    const positions = row.map((cell) => position[cell.judge]);
    row.forEach((cell, index) => {
      const a = positions[index];
      worksOfJudge[a] += 1;
      matrix[a][a] += scale;
      right[a] += scale * cell.value - share * total;
      for (const b of positions) matrix[a][b] -= share;
    });
  }
  return { present, worksOfJudge, matrix, right, scale };
}

/** λ = 0 where every judge has enough works; else σ²/σ_β² as the marks themselves show it. */
function choosePenalty(table: Table, equations: NormalEquations): Fraction | null {
  const { present, worksOfJudge, matrix, right, scale } = equations;
  if (worksOfJudge.every((works) => works >= LEAST_WORKS_FOR_FIXED_EFFECT)) return Fraction.zero;

  const cells = worksOfJudge.reduce((sum, works) => sum + works, 0);
  const freedom = cells - table.length - present.length + 1;
  // A table without a spare mark tells nothing of chance: then judges are taken to vary as marks do.
  if (freedom === 0) return Fraction.of(1n);

  // All sums of squares are times `scale`, which cancels in the ratio.
  const ofJudges = solve(equations, Fraction.zero).reduce(
    (sum, effect, index) => sum.add(effect.mul(Fraction.of(right[index]))),
    Fraction.zero,
  );
  const chance = Fraction.of(withinWorks(table, scale))
    .sub(ofJudges)
    .div(Fraction.of(BigInt(freedom)));
  const excess = ofJudges.sub(chance.mul(Fraction.of(BigInt(present.length - 1))));
  if (excess.numerator <= 0n) return null;
  const trace = Fraction.of(
    matrix.reduce((sum, row, index) => sum + row[index], 0n),
    scale,
  );
  return chance.mul(trace).div(excess).round(LAMBDA_PLACES);
}

/** scale × Σ (y_ij − mean of work i)². */
function withinWorks(table: Table, scale: bigint): bigint {
  let squares = 0n;
  for (const row of table) {
    const total = row.reduce((sum, cell) => sum + cell.value, 0n);
    squares += scale * row.reduce((sum, cell) => sum + cell.value * cell.value, 0n);
    squares -= (scale / BigInt(row.length)) * total * total;
  }
  return squares;
}

/**
 * Solves (C + λI)β = q. Without a penalty C is singular along (1, …, 1): adding 1 to each of its elements picks
 * the one solution with Σβ = 0, which a penalty picks by itself.
 */
function solve({ matrix, right, scale }: NormalEquations, lambda: Fraction): Fraction[] {
  const ones = lambda.numerator === 0n ? 1n : 0n;
  const diagonal = lambda.numerator * scale;
  const augmented = matrix.map((row, i) => [
    ...row.map((value, j) => value * lambda.denominator + ones + (i === j ? diagonal : 0n)),
    right[i] * lambda.denominator,
  ]);
  return eliminate(augmented);
}

/**
 * Fraction-free Gauss–Jordan elimination of a positive definite system (so no pivot is zero): each division comes
 * out even, and all answers share the determinant as denominator. Source: Bareiss, Math. Comp. 22 (1968), 565–578.
 */
function eliminate(augmented: bigint[][]): Fraction[] {
  const size = augmented.length;
  let previous = 1n;
  for (let pivot = 0; pivot < size; pivot++) {
    const head = augmented[pivot][pivot];
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = augmented[row][pivot];
      for (let column = 0; column <= size; column++) {
        augmented[row][column] =
          (augmented[row][column] * head - factor * augmented[pivot][column]) / previous;
      }
    }
    previous = head;
  }
  return augmented.map((row) => Fraction.of(row[size], previous));
}

/** μ + α_i: the mean of the work's cells, each less its judge's effect. All share one denominator. */
function levelsOfWorks(table: Table, judges: readonly Fraction[], scale: bigint): Fraction[] {
  return table.map((row) => {
    const total = row.reduce(
      (sum, { judge, value }) => sum.add(Fraction.of(value).sub(judges[judge])),
      Fraction.zero,
    );
    return Fraction.of(total.numerator * (scale / BigInt(row.length)), total.denominator * scale);
  });
}

function judgeCount(table: Table): number {
  return table.reduce((count, row) => row.reduce((most, cell) => Math.max(most, cell.judge + 1), count), 0);
}

/** Row numbers of the works that judges in common tie together, the largest group first. */
export function connectedGroups(table: Table): number[][] {
  const parent = Array.from({ length: judgeCount(table) }, (_, judge) => judge);
  const root = (judge: number): number => {
    while (parent[judge] !== judge) judge = parent[judge] = parent[parent[judge]];
    return judge;
  };
  for (const row of table) for (const cell of row) parent[root(cell.judge)] = root(row[0].judge);

  const groups = new Map<number, number[]>();
  table.forEach((row, index) => {
    const key = root(row[0].judge);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
