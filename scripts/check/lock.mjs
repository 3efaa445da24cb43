import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../tools.mjs';

/** The oldest versions without a known hole; `npm audit` isn't answered everywhere. */
const MINIMUM = { multer: '2.5.0', sharp: '0.35.5', typeorm: '1.1.1', bullmq: '6.7.0' };
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** No copy of these packages, however deep, is older than {@link MINIMUM}. */
export async function minimumVersions() {
  const { packages } = read('package-lock.json');
  const findings = Object.entries(MINIMUM).flatMap(([name, minimum]) => {
    const copies = Object.keys(packages).filter((place) => `/${place}`.endsWith(`/node_modules/${name}`));
    if (copies.length === 0) return [`${name} is not in package-lock.json; is its minimum still needed?`];
    return copies
      .filter((place) => isOlder(packages[place].version, minimum))
      .map((place) => `${place} is ${packages[place].version}, and must be ${minimum} or newer.`);
  });
  return { findings };
}

/**
 * package-lock.json is one that `npm ci` takes on every machine: it is of this package.json, it has the
 * packages of every platform and not only of the one it was written on, and it names no registry.
 */
export async function lockFile() {
  const { packages } = read('package-lock.json');
  const project = read('package.json');
  const findings = [];

  for (const kind of KINDS) {
    if (stable(project[kind]) !== stable(packages[''][kind])) {
      findings.push(`package.json and package-lock.json differ in ${kind}. Run: npm install`);
    }
  }
  for (const [place, entry] of Object.entries(packages)) {
    if (entry.resolved) findings.push(`${place} names where it was downloaded from: ${entry.resolved}`);
    if (place !== '' && !entry.link && !entry.integrity) findings.push(`${place} has no integrity.`);
    for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = resolve(packages, place, name);
      if (!found) {
        findings.push(`${place || 'package.json'} needs ${name} on some platform, and the lock lacks it.`);
      } else if (isExact(wanted) && found.version !== wanted && !project.overrides?.[name]) {
        findings.push(
          `${place || 'package.json'} needs ${name} ${wanted}, and the lock has ${found.version}.`,
        );
      }
    }
  }
  return { findings };
}

/** As Node looks for a package: beside the one that asks, then in every folder above. */
function resolve(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const entry = packages[`${folder}${folder && '/'}node_modules/${name}`];
    if (entry || folder === '') return entry;
  }
}

/** By the three numbers. A pre-release counts as older than its release. */
function isOlder(version, minimum) {
  const [numbers, wanted] = [version, minimum].map((text) => text.split(/[-+]/)[0].split('.').map(Number));
  const at = wanted.findIndex((number, index) => numbers[index] !== number);
  return at === -1 ? version.includes('-') : numbers[at] < wanted[at];
}

function isExact(range) {
  return /^\d+\.\d+\.\d+[^ ]*$/.test(range);
}

function stable(record = {}) {
  return JSON.stringify(Object.entries(record).sort());
}

function read(file) {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}
