import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Fraction } from '../results/arithmetic/fraction.js';
import { rankOffline } from '../results/offline/rank-offline.js';
import { rulesSchema } from '../results/offline/rules.js';
import type { Cell } from '../results/offline/table.js';

const columns = ['judge', 'entry', 'criterion', 'score'] as const;

/**
 * `npm run -s rank -- --rules rules.json --scores scores.csv`: ranks marks that lie in a file by rules that lie in
 * another, and prints JSON. No database, no server. docs/rank.md says what rules can be.
 */
export function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rules: { type: 'string' }, scores: { type: 'string' } } });
  if (!values.rules || !values.scores) {
    console.error('用法 / usage: npm run -s rank -- --rules rules.json --scores scores.csv');
    return Promise.resolve(2);
  }
  try {
    const rules = rulesSchema.parse(JSON.parse(readFileSync(values.rules, 'utf8')));
    console.log(JSON.stringify(rankOffline(rules, readScores(values.scores)), null, 2));
    return Promise.resolve(0);
  } catch (error) {
    console.error(error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message);
    return Promise.resolve(1);
  }
}

/** Rows without a score are no marks. */
function readScores(file: string): Cell[] {
  const rows = parse<Record<string, string>>(readFileSync(file), { bom: true, columns: true, trim: true });
  const [first] = rows;
  const missing = columns.filter((name) => first && !(name in first));
  if (missing.length > 0) throw new RangeError(`${file}: there is no column ${missing.join(', ')}`);
  const seen = new Set<string>();
  return rows.flatMap(({ judge, entry, criterion, score }, index) => {
    const at = `${file}, row ${index + 2}`;
    if (score === '') return [];
    if (judge === '' || entry === '') throw new RangeError(`${at}: judge or entry is empty`);
    const key = JSON.stringify([judge, entry, criterion]);
    if (seen.has(key)) throw new RangeError(`${at}: a second mark of ${judge} for ${entry} in ${criterion}`);
    seen.add(key);
    try {
      return [{ judge, entry, criterion, value: Fraction.fromDecimalString(score) }];
    } catch {
      throw new RangeError(`${at}: “${score}” is no decimal number`);
    }
  });
}
