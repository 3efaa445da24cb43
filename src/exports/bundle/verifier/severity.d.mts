export function severity(
  cells: { work: number; judge: number; y: number }[],
  lambda?: number | null,
): { lambda: number | null; effects: Map<number, number> };
