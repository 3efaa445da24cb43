import { parseArgs } from 'node:util';
import { loadEnv } from '../config/env.js';
import { openDataSource } from '../database/data-source.js';
import { openDatabase } from '../database/open-database.js';
import { storeOf } from '../storage/storage.service.js';
import { verify } from './verify/verify.js';

/** Checks what must hold of all data, names each, and exits non-zero on any breach. `--deep` reads every original. */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { deep: { type: 'boolean', default: false } } });
  const env = loadEnv();
  const database = await openDatabase(env, () => undefined);
  const dataSource = await openDataSource(database.url);
  try {
    const findings = await verify({ dataSource, store: await storeOf(env), deep: values.deep });
    for (const { name, breaches, examples } of findings) {
      console.log(`${breaches === 0 ? '✓' : '✗'} ${name}${breaches === 0 ? '' : ` — ${breaches}`}`);
      for (const example of examples) console.log(`    ${example}`);
    }
    const broken = findings.filter(({ breaches }) => breaches > 0).length;
    console.log(
      broken === 0 ? `${findings.length} invariants hold.` : `${broken} of ${findings.length} are broken.`,
    );
    return broken === 0 ? 0 : 1;
  } finally {
    await dataSource.destroy();
    await database.close();
  }
}
