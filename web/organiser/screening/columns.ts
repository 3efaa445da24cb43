/**
 * The columns of the screening table: all nine from 1360 px; below, what belongs together stands in one cell, and
 * the actions in a second line; on phones picture and text only.
 */
export const ROW_GRID = [
  'grid items-center gap-x-3 gap-y-1',
  'grid-cols-[20px_96px_minmax(0,1fr)]',
  'md:grid-cols-[28px_96px_minmax(0,1fr)_minmax(0,140px)_88px]',
  'xl:grid-cols-[20px_96px_minmax(0,1.4fr)_minmax(0,1fr)_88px_84px_minmax(0,1.2fr)_64px_204px]',
].join(' ');
