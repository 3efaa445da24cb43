import { aigcLabelIn, type AigcLabel } from './aigc.js';
import { readCredentials } from './c2pa.js';
import type { Exif } from './exif.js';
import type { Metadata, Text } from './metadata.js';
import { programIn } from './programs.js';
import { samsungEdits } from './samsung.js';
import { kindOfSource, type Ai, type ProvenanceMark } from './source-types.js';
import { clean } from './values.js';
import type { Xmp } from './xmp.js';

export interface Provenance {
  /** The file carries signed content credentials, whatever they say; their signature is not checked. */
  c2pa: boolean;
  ai: Ai;
  mark: ProvenanceMark | null;
  /** The program or service that made or signed it, in its own words. */
  generator: string | null;
}

interface Evidence {
  ai: Ai;
  mark: ProvenanceMark;
  generator: string | null;
}

/** Made by a model weighs more than changed by one, and that more than a perhaps. */
const weight = { generated: 3, edited: 2, possible: 1 };

/** What the file itself says of artificial intelligence. None of it proves anything, and its absence still less. */
export function provenanceOf(metadata: Metadata, exif: Exif | null, xmp: readonly Xmp[]): Provenance {
  const credentials = metadata.c2pa ? readCredentials(metadata.c2pa) : null;
  const evidence: Evidence[] = [
    ...(credentials ? [{ ...credentials, mark: 'C2PA' as const }] : []),
    ...xmp.flatMap(inXmp),
    ...metadata.texts.flatMap(inText),
    ...(exif ? inExif(exif) : []),
    ...programs(metadata, exif, xmp),
  ].filter(({ ai }) => ai !== null);
  // The order above is that of trust; sorting keeps it among equals.
  const [strongest] = evidence.sort((a, b) => weight[b.ai ?? 'possible'] - weight[a.ai ?? 'possible']);
  const generator =
    strongest?.generator ?? evidence.find((one) => one.generator)?.generator ?? credentials?.generator;
  return {
    c2pa: credentials !== null,
    ai: strongest?.ai ?? null,
    mark: strongest?.mark ?? null,
    generator: clean(generator),
  };
}

const labelled = (label: AigcLabel | null): Evidence[] =>
  label ? [{ ai: label.ai, mark: 'AIGC', generator: label.producer }] : [];

/**
 * Credits that Google and Apple write beside the source type (Google Photos help, “AI info”; Apple's Clean Up).
 * The names are theirs, untranslated.
 */
const credits: ReadonlyArray<readonly [RegExp, Ai]> = [
  [/^(made|created|generated) (with|by) google ai|^ai[- ]generated with google/i, 'generated'],
  [/^edited with google ai|^apple photos clean up/i, 'edited'],
];

function inXmp(xmp: Xmp): Evidence[] {
  const evidence: Evidence[] = [];
  const system = xmp.value('iptc', 'AISystemUsed');
  for (const source of xmp.values('iptc', 'DigitalSourceType')) {
    evidence.push({ ai: kindOfSource(source), mark: 'IPTC', generator: system });
  }
  evidence.push(...labelled(aigcLabelIn(xmp.value('aigc', 'AIGC') ?? '', true)));
  const credit = xmp.value('photoshop', 'Credit') ?? '';
  for (const [pattern, ai] of credits) {
    if (pattern.test(credit)) evidence.push({ ai, mark: 'CREDIT', generator: credit });
  }
  const description = `${xmp.value('dc', 'description') ?? ''}\n${xmp.value('exif', 'UserComment') ?? ''}`;
  return [...evidence, ...inProse(description)];
}

function inText({ name, value }: Text): Evidence[] {
  if (/^AIGC$/i.test(name)) return labelled(aigcLabelIn(value, true));
  if (name === samsungEdits) {
    return /"genAIType"\s{0,4}:\s{0,4}[1-9]/.test(value)
      ? [{ ai: 'edited', mark: 'SAMSUNG', generator: 'Galaxy AI' }]
      : [];
  }
  const generator = parametersOf(name, value);
  return generator ? [{ ai: 'generated', mark: 'PARAMETERS', generator }] : inProse(value);
}

/**
 * Settings that generators write under these names: A1111 and its kin `parameters`, ComfyUI its graph as `prompt` and
 * `workflow`, InvokeAI `invokeai_metadata` (formerly `sd-metadata`, `Dream`), Fooocus `fooocus_scheme`.
 */
function parametersOf(name: string, value: string): string | null {
  if (name === 'parameters') return isParameters(value) || value.startsWith('{') ? 'Stable Diffusion' : null;
  if (name === 'prompt' && value.includes('"class_type"')) return 'ComfyUI';
  if (name === 'workflow' && value.includes('"nodes"')) return 'ComfyUI';
  if (/^(invokeai_metadata|invokeai_graph|sd-metadata|Dream)$/.test(name)) return 'InvokeAI';
  return name === 'fooocus_scheme' ? 'Fooocus' : null;
}

const isParameters = (text: string): boolean => /\bSteps: \d+, Sampler: /.test(text);

/** Texts that anybody may write into: only what a person would hardly write counts. */
function inProse(text: string): Evidence[] {
  if (isParameters(text)) return [{ ai: 'generated', mark: 'PARAMETERS', generator: 'Stable Diffusion' }];
  // Midjourney ends its description with the number of the job.
  if (/\bJob ID: [\da-f]{8}-[\da-f]{4}-/i.test(text)) {
    return [{ ai: 'generated', mark: 'PARAMETERS', generator: 'Midjourney' }];
  }
  // ByteDance's programs disclose so beside the standard's label; 0 says nothing.
  const disclosed = /"aigc_(?:label_)?type"\s{0,4}:\s{0,4}"?[12]\b/.test(text);
  return [
    ...labelled(aigcLabelIn(text, false)),
    ...(disclosed ? [{ ai: 'generated' as const, mark: 'AIGC' as const, generator: null }] : []),
  ];
}

function inExif({ description, comment, artist }: Exif): Evidence[] {
  const evidence = [...inProse(description), ...inProse(comment)];
  // Tencent's cloud puts the label bare into the description.
  if (description.startsWith('{')) evidence.push(...labelled(aigcLabelIn(description, true)));
  if (comment.startsWith('{')) evidence.push(...labelled(aigcLabelIn(comment, true)));
  // xAI signs the pictures of Grok: its number as the artist, and a signature in base64.
  const signed =
    /^Signature: [A-Za-z0-9+/=]{64}/.test(description) &&
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(artist ?? '');
  return signed ? [...evidence, { ai: 'generated', mark: 'SIGNATURE', generator: 'xAI Grok' }] : evidence;
}

function programs(metadata: Metadata, exif: Exif | null, xmp: readonly Xmp[]): Evidence[] {
  return namesOfPrograms(metadata, exif, xmp).flatMap((name) => {
    const program = programIn(name);
    return program?.ai ? [{ ai: program.ai, mark: 'PROGRAM' as const, generator: program.name }] : [];
  });
}

/** Tags of videos and PNG texts that name the program, besides EXIF's and XMP's. */
const programTexts =
  /^(software|source|encoder|©too|©swr|©enc|comment|©cmt|com\.apple\.quicktime\.software|com\.android\.capture\.software|source_type|artwork|te_is_reencode)$/i;

/** Everything in the file that says by which program it was made or changed. */
export function namesOfPrograms(metadata: Metadata, exif: Exif | null, xmp: readonly Xmp[]): string[] {
  const artist = exif?.artist === 'Meitu' ? exif.artist : null;
  const names = [
    exif?.software,
    exif?.processingSoftware,
    exif?.make,
    artist,
    // Chinese programs leave JSON with their name in texts that are meant for people.
    ...[exif?.description, exif?.comment].filter((text) => text?.startsWith('{')),
    ...xmp.flatMap((packet) => [
      packet.value('xmp', 'CreatorTool'),
      ...packet.values('event', 'softwareAgent'),
    ]),
    ...metadata.texts
      .filter(({ name }) => programTexts.test(name))
      .map(({ name, value }) => `${name} ${value}`),
  ];
  return names.filter((name) => typeof name === 'string' && name !== '') as string[];
}
