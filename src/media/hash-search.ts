import { hashRadius } from './fingerprint/likeness.js';

/**
 * Multi-index hashing (Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012):
 * of two hashes within 11 bits of each other, one of the four 16-bit bands is within 2.
 */
export const bands = [48, 32, 16, 0] as const;

/** What a band's value is XORed with to get the 17 values within 1 bit of it. */
const nearProbes: readonly number[] = [0, ...bits().map((bit) => 1 << bit)];

/** … and the 137 within 2 bits. */
export const probes: readonly number[] = [
  ...nearProbes,
  ...bits().flatMap((bit) =>
    bits()
      .filter((other) => other > bit)
      .map((other) => (1 << bit) | (1 << other)),
  ),
];

function bits(): number[] {
  return Array.from({ length: 16 }, (_, bit) => bit);
}

/**
 * Hashes of contest $1 within 11 bits of one given in hexadecimal: all those of whole pictures ($2) are looked for
 * among all hashes; those of parts ($3) among whole pictures only, and with the 17 nearest probes, since they are
 * many: that finds all within 7 bits and most of the rest. The same row may come more than once. Answers media_id
 * and differing.
 */
export const nearHashesSql = [
  ...bands.map((shift) => nearInBand(shift, '$2', true, probes)),
  ...bands.map((shift) => nearInBand(shift, '$2', false, probes)),
  ...bands.map((shift) => nearInBand(shift, '$3', true, nearProbes)),
].join(' UNION ALL ');

/** The conditions are those of the index media_hashes_band0…3, column by column. */
function nearInBand(shift: number, hashes: string, whole: boolean, tried: readonly number[]): string {
  return `
    SELECT h.media_id, bit_count((h.hash # wanted.hash)::bit(64)) AS differing
      FROM (SELECT ('x' || hex)::bit(64)::bigint AS hash FROM unnest(${hashes}::text[]) AS hex OFFSET 0) AS wanted
     CROSS JOIN unnest('{${tried.join()}}'::int[]) AS probe
      JOIN media_hashes h ON h.contest_id = $1 AND h.whole = ${whole}
           AND ((h.hash >> ${shift}) & 65535) = (((wanted.hash >> ${shift}) & 65535)::int # probe)
     WHERE bit_count((h.hash # wanted.hash)::bit(64)) <= ${hashRadius}`;
}
