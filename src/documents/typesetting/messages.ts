/** A page to set: the template is ours, all that people wrote is in the data and never in the markup. */
export interface Sheet {
  /** Typst markup that reads its data by `json(bytes(sys.inputs.data))`. */
  template: string;
  data: unknown;
  /** Pictures that the template shows, by the names that it has for them: `image("/photo.jpg")`. */
  files?: Record<string, Uint8Array>;
  /** `jpeg`: the first page, so many pixels wide. */
  as: { kind: 'pdf' } | { kind: 'jpeg'; width: number };
}

/** Texts that are to be set later: which of their letters do the fonts lack? */
export interface Inquiry {
  texts: string[];
}

export interface Typeset {
  bytes: Uint8Array;
  pages: number;
  /** Letters that the fonts lack; a mark stands in their places. */
  missing: string[];
}

export type ToTypesetter = Sheet | Inquiry;
export type FromTypesetter = { done: Typeset } | { missing: string[][] } | { failed: string };
