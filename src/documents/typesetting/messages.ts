/** A page to set: the template is ours, all that people wrote is in the data and never in the markup. */
export interface Sheet {
  /** Typst markup that reads its data by `json(bytes(sys.inputs.data))`. */
  template: string;
  data: unknown;
  /** `jpeg`: the first page, so many pixels wide. */
  as: { kind: 'pdf' } | { kind: 'jpeg'; width: number };
}

export interface Typeset {
  bytes: Uint8Array;
  pages: number;
  /** Letters that the fonts lack; a mark stands in their places. */
  missing: string[];
}

export type FromTypesetter = { done: Typeset } | { failed: string };
