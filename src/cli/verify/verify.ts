import { codeInvariants, type VerifyContext } from './code-invariants.js';
import { afterLockInvariants } from './after-lock-invariants.js';
import { sqlInvariants } from './sql-invariants.js';

export interface Finding {
  name: string;
  /** At most `shown` of them in words. */
  examples: string[];
  breaches: number;
}

const shown = 5;

/** Checks every invariant; one that can't be checked counts as broken, and says why. */
export async function verify(context: VerifyContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, sql } of [...sqlInvariants, ...afterLockInvariants]) {
    findings.push(
      await find(name, async function* () {
        for (const { breach } of await context.dataSource.query<{ breach: string }[]>(sql)) yield breach;
      }),
    );
  }
  for (const invariant of codeInvariants) {
    findings.push(await find(invariant.name, () => invariant.breaches(context)));
  }
  return findings;
}

async function find(name: string, breaches: () => AsyncGenerator<string>): Promise<Finding> {
  const finding: Finding = { name, examples: [], breaches: 0 };
  try {
    for await (const breach of breaches()) {
      finding.breaches += 1;
      if (finding.examples.length < shown) finding.examples.push(breach);
    }
  } catch (error) {
    finding.breaches += 1;
    finding.examples.push(`could not be checked: ${(error as Error).message}`);
  }
  return finding;
}
