import { boxesIn, boxIn, zeroEnded } from './boxes.js';
import type { Bytes } from './bytes.js';
import { readCbor, type Cbor } from './cbor.js';
import { kindOfSource, type Ai } from './source-types.js';

export interface Credentials {
  ai: Ai;
  /** The program that wrote the newest manifest, as it calls itself. */
  generator: string | null;
}

const mostManifests = 50;
const mostCbor = 1024 * 1024;

interface Manifest {
  generator: string | null;
  actions: Array<{ [key: string]: Cbor }>;
}

/**
 * What a C2PA manifest store says of how the picture came about (C2PA Technical Specification 2.1, sections 10, 11 and
 * 18.12). It is read, not verified: whoever wrote the file could write anything, and an organiser is shown it as
 * what the file says. Null where there is no store in these boxes.
 */
export function readCredentials(store: Bytes): Credentials | null {
  const outer = [...boxesIn(store)].find(
    ({ type, content }) => type === 'jumb' && labelOf(content) === 'c2pa',
  )?.content;
  if (!outer) return null;
  const manifests: Manifest[] = [];
  for (const { type, content } of boxesIn(outer)) {
    if (type === 'jumb' && manifests.length < mostManifests) manifests.push(manifestIn(content));
  }
  // The last manifest is the active one; those before it are of what the picture was made from.
  const active = manifests.at(-1);
  if (!active) return { ai: null, generator: null };
  return { ai: aiOf(active, manifests.slice(0, -1)), generator: active.generator };
}

function manifestIn(manifest: Bytes): Manifest {
  const found: Manifest = { generator: null, actions: [] };
  for (const { type, content } of boxesIn(manifest)) {
    if (type !== 'jumb') continue;
    const label = labelOf(content);
    if (/^c2pa\.claim(\.v2)?$/.test(label)) found.generator = generatorOf(cborIn(content));
    if (label !== 'c2pa.assertions') continue;
    for (const assertion of boxesIn(content)) {
      if (assertion.type !== 'jumb' || !/^c2pa\.actions(\.v2)?(__\d+)?$/.test(labelOf(assertion.content))) {
        continue;
      }
      found.actions.push(...listIn(cborIn(assertion.content), 'actions').filter(isMap));
    }
  }
  return found;
}

/**
 * Made by a model if the picture began so, in this manifest or in that of the picture it was opened from. Anything else
 * with a model in it is an edit.
 */
function aiOf(active: Manifest, earlier: readonly Manifest[]): Ai {
  const kinds = active.actions.map(kindOfAction);
  if (kinds.includes('generated')) return 'generated';
  const before = earlier.flatMap(({ actions }) => actions.map(kindOfAction));
  const opened = active.actions.some((action) => action['action'] === 'c2pa.opened');
  if (opened && before.includes('generated')) return 'generated';
  return [...kinds, ...before].some((kind) => kind !== null) ? 'edited' : null;
}

function kindOfAction(action: { [key: string]: Cbor }): Ai {
  const source = action['digitalSourceType'];
  const kind = typeof source === 'string' ? kindOfSource(source) : null;
  // A model's work that is put into a picture, or painted over a part of one, makes no generated picture.
  return kind === 'generated' && action['action'] !== 'c2pa.created' ? 'edited' : kind;
}

/** `claim_generator_info` is a map, or a list of them in older claims; `claim_generator` like a browser's user agent. */
function generatorOf(claim: Cbor): string | null {
  if (!isMap(claim)) return null;
  const info = claim['claim_generator_info'];
  const first = Array.isArray(info) ? info[0] : info;
  if (isMap(first) && typeof first['name'] === 'string') return first['name'];
  const agent = claim['claim_generator'];
  return typeof agent === 'string' ? agent.replace(/[/\s].*$/s, '').replaceAll('_', ' ') : null;
}

/** A superbox begins with its description: a UUID, a byte of switches, and where bit 1 is set a label (ISO/IEC 19566-5). */
function labelOf(superbox: Bytes): string {
  const description = boxIn(superbox, 'jumd');
  if (!description || (description.read(16, 1).readUInt8(0) & 2) === 0) return '';
  return zeroEnded(description, 17).text;
}

function cborIn(superbox: Bytes): Cbor {
  const content = boxIn(superbox, 'cbor');
  return content && content.size <= mostCbor ? readCbor(content.read(0, content.size)) : null;
}

const isMap = (value: Cbor | undefined): value is { [key: string]: Cbor } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listIn(value: Cbor, key: string): Cbor[] {
  const list = isMap(value) ? value[key] : null;
  return Array.isArray(list) ? list : [];
}
