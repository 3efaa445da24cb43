import { fitAdditive } from '../arithmetic/additive.js';
import { mean, median, sum, trim } from '../arithmetic/aggregate.js';
import { Fraction, leastCommonMultiple } from '../arithmetic/fraction.js';
import { exponential, roundTo } from '../arithmetic/rounding.js';
import { bordaPoints, byRank, zScores } from '../arithmetic/standing.js';
import type { Rules, Step } from './rules.js';
import { grouped, type Cell, type Table } from './table.js';

type StepOf<D extends Step['do']> = Extract<Step, { do: D }>;

/** One step of the rules. Entries that have too few marks for it are no longer in the table afterwards. */
export function take(step: Step, table: Table, rules: Rules): Table {
  const next = apply(step, table, rules);
  const { round } = step;
  return round ? next.map((cell) => ({ ...cell, value: roundTo(cell.value, round) })) : next;
}

function apply(step: Step, table: Table, rules: Rules): Table {
  switch (step.do) {
    case 'judges':
      return overJudges(step, table);
    case 'criteria':
      return overCriteria(step, table, rules);
    case 'times':
      return times(step, table, rules);
    case 'ranks':
      return ranks(step, table);
    case 'adjust':
      return step.model === 'z-score' ? zTable(table) : additive(table);
  }
}

const together = { sum, mean, median };

function overJudges({ method, drop }: StepOf<'judges'>, table: Table): Table {
  return grouped(table, ['entry', 'criterion']).flatMap((cells) => {
    const kept = trim(
      cells.map(({ value }) => value),
      drop,
    );
    if (kept.length === 0) return [];
    return [{ ...cells[0], judge: '', value: together[method](kept) }];
  });
}

function overCriteria({ method, by }: StepOf<'criteria'>, table: Table, { criteria }: Rules): Table {
  const known = new Map(criteria?.map((criterion) => [criterion.id, criterion]));
  const groupOf = (criterion: string) => (by === 'group' ? (known.get(criterion)?.group ?? criterion) : '');
  const named = table.map((cell) => ({ ...cell, group: groupOf(cell.criterion) }));
  const keyOf = ({ entry, group }: { entry: string; group: string }) => JSON.stringify([entry, group]);
  const wanted = new Map(
    [...Map.groupBy(named, keyOf)].map(([key, cells]) => [
      key,
      new Set(cells.map((one) => one.criterion)).size,
    ]),
  );
  const groups = [
    ...Map.groupBy(named, ({ entry, judge, group }) => JSON.stringify([entry, judge, group])).values(),
  ];
  return groups.flatMap((cells) => {
    const [{ entry, judge, group }] = cells;
    // A sheet that lacks a mark which others gave the entry counts in nothing, as a nought would count in everything.
    if (cells.length < wanted.get(keyOf(cells[0]))!) return [];
    const weight = ({ criterion }: Cell) => Fraction.fromDecimalString(known.get(criterion)?.weight ?? 1);
    const weighted = method === 'weighted-mean';
    const total = sum(cells.map((cell) => (weighted ? cell.value.mul(weight(cell)) : cell.value)));
    const over = weighted ? sum(cells.map(weight)) : Fraction.of(BigInt(cells.length));
    return [{ entry, judge, criterion: group, value: method === 'sum' ? total : total.div(over) }];
  });
}

function times({ by }: StepOf<'times'>, table: Table, { criteria, factors }: Rules): Table {
  const ofCriterion = new Map(criteria?.map(({ id, factor }) => [id, factor]));
  const keyOf = (entry: string, criterion?: string) => JSON.stringify([entry, criterion ?? null]);
  const ofEntries = new Map(factors.map(({ entry, criterion, factor }) => [keyOf(entry, criterion), factor]));
  const ofEntry = (entry: string, criterion: string) =>
    ofEntries.get(keyOf(entry, criterion)) ?? ofEntries.get(keyOf(entry)) ?? 1;
  const factorOf = ({ entry, criterion }: Cell) => {
    if (by === 'criterion') return ofCriterion.get(criterion) ?? 1;
    return by === 'entry' ? ofEntry(entry, criterion) : by;
  };
  return table.map((cell) => ({
    ...cell,
    value: cell.value.mul(Fraction.fromDecimalString(factorOf(cell))),
  }));
}

/** Within each judge's values of a criterion; equal ones share the mean of what their ranks are worth. */
function ranks({ points, first }: StepOf<'ranks'>, table: Table): Table {
  return perJudge(table, (values) =>
    byRank(values, first, (place, entries) => worth(points, place, entries)),
  );
}

function worth(points: StepOf<'ranks'>['points'], place: number, entries: number): Fraction {
  if (points === 'rank') return Fraction.of(BigInt(place));
  if (points === 'borda') return bordaPoints(place, entries, entries);
  if ('table' in points) return Fraction.fromDecimalString(points.table[place - 1] ?? 0);
  return exponential(Fraction.fromDecimalString(points.exponent).mul(Fraction.of(BigInt(place))));
}

/** μ + α + β by least squares, criterion by criterion: each entry's value becomes μ + α, once for each of its judges. */
function additive(table: Table): Table {
  return grouped(table, ['criterion']).flatMap((cells) => {
    const judges = [...new Set(cells.map(({ judge }) => judge))];
    const unit = leastCommonMultiple(cells.map(({ value }) => value.reduce().denominator));
    const rows = grouped(cells, ['entry']);
    const fit = fitAdditive(
      rows.map((row) =>
        row.map(({ judge, value }) => ({
          judge: judges.indexOf(judge),
          value: value.mul(Fraction.of(unit)).reduce().numerator,
        })),
      ),
    );
    if ('code' in fit) {
      throw new RangeError('some entries share no judge with the others: nothing compares them');
    }
    return rows.flatMap((row, at) =>
      row.map((cell) => ({ ...cell, value: fit.mu.add(fit.works[at]).div(Fraction.of(unit)) })),
    );
  });
}

/** Replaces the values of each judge and criterion by what they are worth among themselves. */
function perJudge(table: Table, worthOf: (values: Fraction[]) => Fraction[]): Table {
  return grouped(table, ['judge', 'criterion']).flatMap((cells) => {
    const worths = worthOf(cells.map(({ value }) => value));
    return cells.map((cell, index) => ({ ...cell, value: worths[index] }));
  });
}

function zTable(table: Table): Table {
  const [lonely] = grouped(table, ['judge', 'criterion']).find(({ length }) => length < 2) ?? [];
  if (lonely) throw new RangeError(`judge ${lonely.judge} marked one entry: no z-score can be made`);
  return perJudge(table, zScores);
}
