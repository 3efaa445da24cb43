import type { Ai } from './source-types.js';
import { clean } from './values.js';

export interface AigcLabel {
  ai: Exclude<Ai, null>;
  producer: string | null;
}

/**
 * China's mandatory implicit label of generated content: GB 45438-2025, annex E and F, in force since 2025-09-01; where
 * in a file it lies is in TC260-PG-20258A (pictures: XMP) and TC260-PG-20257A (videos: tag `AIGC`). JSON with
 * `Label` ("1" is generated, "2" may be, "3" is suspected), `ContentProducer`, `ProduceID`, `ReservedCode1`,
 * `ContentPropagator`, `PropagateID`, `ReservedCode2`. In practice also in PNG texts, EXIF's comment and
 * description, bare or as the value of a key `AIGC`; and Tencent's cloud has fields of its own.
 */
const fields = [
  'Label',
  'ContentProducer',
  'ProduceID',
  'ContentPropagator',
  'PropagateID',
  'ServiceProvider',
  'ServiceUser',
];
const meanings: Readonly<Record<string, AigcLabel['ai']>> = {
  '1': 'generated',
  '2': 'possible',
  '3': 'possible',
};

/** A producer may be a name, or 001, a digit, its unified social credit code, and a number of the product. */
const companies: ReadonlyArray<readonly [code: string, name: string]> = [
  ['91110102MACQD9K64', '字节跳动（豆包）'],
  ['91440300708461136T', '腾讯'],
  ['91110000802100433B', '百度'],
];

/**
 * The label in a text that is one or holds one; null where there is none. `bare` says that the text stands where only
 * the label may stand, so that its JSON needs no key `AIGC` around it.
 */
export function aigcLabelIn(text: string, bare: boolean): AigcLabel | null {
  const at = bare ? text.indexOf('{') : jsonAfterKey(text);
  return at < 0 ? null : labelOf(jsonAt(text, at));
}

/** Where the object behind `"AIGC":` or `AIGC` begins. */
function jsonAfterKey(text: string): number {
  const match = /["']?AIGC["']?\s{0,8}[:=]?\s{0,8}["']?(?=\{)/.exec(text.slice(0, mostText));
  return match ? match.index + match[0].length : -1;
}

const mostText = 64 * 1024;
const deepest = 4;

/** The object that begins at a place of the text, whatever follows it. */
function jsonAt(text: string, at: number): unknown {
  let depth = 0;
  let quoted = false;
  const end = Math.min(text.length, at + mostText);
  for (let index = at; index < end; index += 1) {
    const character = text[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}') depth -= 1;
    if (depth > deepest) return null;
    if (depth === 0) return parsed(text.slice(at, index + 1));
  }
  return null;
}

/** Inside another JSON text its quotes were escaped once more. */
const parsed = (json: string): unknown => parse(json) ?? parse(json.replaceAll('\\"', '"'));

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function labelOf(value: unknown): AigcLabel | null {
  if (typeof value !== 'object' || value === null) return null;
  const object = value as Record<string, unknown>;
  const inner = object['AIGC'];
  if (inner !== undefined) return labelOf(typeof inner === 'string' ? parsed(inner) : inner);
  if (!fields.some((field) => Object.hasOwn(object, field))) return null;
  const label = labelNumber(object['Label']);
  const producer = object['ContentProducer'] ?? object['ServiceProvider'];
  return {
    // A label without its number, or with a word for it, still says that the content was labelled as made.
    ai: Object.hasOwn(meanings, label) ? meanings[label] : 'generated',
    producer: typeof producer === 'string' ? producerOf(producer) : null,
  };
}

function producerOf(written: string): string | null {
  const code = written.toUpperCase();
  return companies.find(([known]) => code.includes(known))?.[1] ?? clean(written, 60);
}

/** As text by the standard; some write a number. */
const labelNumber = (written: unknown): string =>
  typeof written === 'string' ? written.trim() : typeof written === 'number' ? written.toFixed() : '';
