/** What is derived from a file. Links carry the position in this list: add at the end only. */
export const renditionNames = ['small', 'thumb', 'preview', 'full', 'poster', 'play'] as const;
export type RenditionName = (typeof renditionNames)[number];
