/** Made by a model, changed or added to by one, perhaps made by one; null says nothing, not that none was there. */
export type Ai = 'generated' | 'edited' | 'possible' | null;

/** Where a label was found; each is a sentence on the organiser's screen. */
export const provenanceMarks = [
  'C2PA',
  'IPTC',
  'AIGC',
  'CREDIT',
  'PARAMETERS',
  'SIGNATURE',
  'SAMSUNG',
  'PROGRAM',
] as const;
export type ProvenanceMark = (typeof provenanceMarks)[number];

/**
 * IPTC's digital source types that mean a generative model, by the last part of their address
 * (cv.iptc.org/newscodes/digitalsourcetype, 2024-09-17; C2PA adds the last). Others are a camera's, a person's, or
 * of algorithms that were not trained; multi-frame and HDR pictures of phones are among those.
 */
const kinds: Readonly<Record<string, Exclude<Ai, null>>> = {
  trainedAlgorithmicMedia: 'generated',
  compositeWithTrainedAlgorithmicMedia: 'edited',
  compositeSynthetic: 'edited',
  trainedAlgorithmicData: 'generated',
};

/** Written as an address, as `digsrctype:` and a name, or as the bare name. */
export function kindOfSource(source: string): Ai {
  const name = /([A-Za-z]+)\/?\s*$/.exec(source.slice(-200))?.[1] ?? '';
  return Object.hasOwn(kinds, name) ? kinds[name] : null;
}
