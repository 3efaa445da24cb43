import type { FileFacts } from '../../shared/api-types-desk';
import type { Translate } from '../../shared/i18n';
import type { factWords } from './fact-words';

type Say = Translate<keyof (typeof factWords)['zh']>;

/** A file's facts as lines of a list; what is not known has no line. */
export function factLines(facts: FileFacts, t: Say): Array<[name: string, value: string]> {
  const lines: Array<[string, string | null]> = [
    [t('takenAt'), facts.takenAt && clockText(facts.takenAt, t)],
    [t('camera'), facts.camera],
    [t('lens'), facts.lens],
    [t('exposure'), exposureText(facts.exposure, t)],
    [t('place'), facts.gps && placeText(facts.gps, t)],
    [t('software'), facts.software],
    [t('edits'), editsText(facts.edits, t)],
  ];
  return lines.filter((line): line is [string, string] => Boolean(line[1]));
}

/** As the camera's clock showed it; where it told no zone, that is said. */
function clockText(moment: string, t: Say): string {
  const time = moment.slice(0, 19).replace('T', ' ');
  const zone = moment.slice(19);
  if (zone === '') return t('clockUnknown', { time });
  return t('clockZone', { time, zone: zone === 'Z' ? 'UTC' : `UTC${zone}` });
}

/** f/2.8 · 1/200 s · ISO 100 · 35 mm */
export function exposureText(exposure: FileFacts['exposure'], t: Say): string {
  const { fNumber, exposureTime, iso, focalLength } = exposure;
  return [
    fNumber === null ? '' : `f/${rounded(fNumber)}`,
    exposureTime === null ? '' : t('seconds', { time: shutter(exposureTime) }),
    iso === null ? '' : `ISO ${rounded(iso)}`,
    focalLength === null ? '' : `${rounded(focalLength)} mm`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Photographers write what is shorter than a third of a second as a fraction. */
const shutter = (seconds: number): string =>
  seconds >= 0.3 ? String(rounded(seconds)) : `1/${Math.round(1 / seconds)}`;

const rounded = (value: number): number => Number(value.toFixed(value < 100 ? 1 : 0));

/** Five decimals are a metre. */
function placeText({ lat, lon }: { lat: number; lon: number }, t: Say): string {
  return t('coordinates', {
    ns: t(lat < 0 ? 'south' : 'north'),
    lat: Math.abs(lat).toFixed(5),
    ew: t(lon < 0 ? 'west' : 'east'),
    lon: Math.abs(lon).toFixed(5),
  });
}

function editsText({ programs, history, savedAt }: FileFacts['edits'], t: Say): string {
  return [
    programs.join(t('comma')),
    history ? t('history') : '',
    savedAt === null ? '' : t('savedAt', { time: savedAt.slice(0, 16).replace('T', ' ') }),
  ]
    .filter(Boolean)
    .join(t('semicolon'));
}

export interface FactChip {
  text: string;
  tone: 'amber' | 'neutral';
}

const AI = { generated: 'aiGenerated', edited: 'aiEdited', possible: 'aiPossible' } as const;
const MARKS: Readonly<Record<string, Parameters<Say>[0]>> = {
  C2PA: 'markC2pa',
  IPTC: 'markIptc',
  AIGC: 'markAigc',
  CREDIT: 'markCredit',
  PARAMETERS: 'markParameters',
  SIGNATURE: 'markSignature',
  SAMSUNG: 'markSamsung',
  PROGRAM: 'markProgram',
};

/** The labels in a file: what it says of artificial intelligence, and that it has content credentials. */
export function factChips({ provenance: { ai, c2pa } }: FileFacts, t: Say): FactChip[] {
  return [
    ...(ai ? [{ text: t(AI[ai]), tone: 'amber' as const }] : []),
    ...(c2pa ? [{ text: t('c2pa'), tone: 'neutral' as const }] : []),
  ];
}

/** Where the label was found and whom it names; empty where there is nothing to add to the chips. */
export function sourceText({ provenance: { mark, generator } }: FileFacts, t: Say): string {
  const place = mark ? t(MARKS[mark] ?? 'markOther') : '';
  return [place && t('foundIn', { place }), generator && t('names', { generator })]
    .filter(Boolean)
    .join(t('semicolon'));
}
