declare module 'subset-font' {
  /** `noLayoutClosure` leaves out glyphs that only typographic features (vertical, half-width forms) reach. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'woff2'; noLayoutClosure?: boolean },
  ): Promise<Buffer>;
}
