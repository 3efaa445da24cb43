import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import { ROOT } from '../tools.mjs';
import { captureMain, findingsOf } from './run.mjs';

/** What is generated may not drift from what it is made of. */

const OPENAPI = 'docs/openapi.json';
const SCHEMA = 'web/shared/api/schema.d.ts';

/** The migrations make exactly the tables that the entities describe, and can be undone. */
export async function migrationDrift() {
  return { findings: findingsOf(await captureMain('migration-drift')) };
}

/** docs/openapi.json, and the web's types made of it where they are used, are those of the routes. */
export async function openApiDrift({ write }) {
  const printed = await captureMain('openapi');
  if (printed.code !== 0) return { findings: findingsOf(printed) };

  const findings = compare(OPENAPI, printed.stdout, write);
  if (existsSync(path.join(ROOT, SCHEMA))) {
    const types = astToString(await openapiTypeScript(JSON.parse(printed.stdout)));
    findings.push(
      ...compare(SCHEMA, `// Made of ${OPENAPI} by: npm run check -- --write\n\n${types}`, write),
    );
  }
  return { findings };
}

/** Writes the file, or says in which line it is another. */
function compare(file, wanted, write) {
  const absolute = path.join(ROOT, file);
  if (write) {
    writeFileSync(absolute, wanted);
    return [];
  }
  const found = existsSync(absolute) ? readFileSync(absolute, 'utf8') : '';
  if (found === wanted) return [];
  const lines = found.split('\n');
  const index = wanted.split('\n').findIndex((line, at) => line !== lines[at]);
  const line = index === -1 ? lines.length : index + 1;
  return [`${file} has drifted from the routes (line ${line}). Write it: npm run check -- openapi --write`];
}
