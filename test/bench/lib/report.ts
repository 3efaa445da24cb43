/** Prints a table for people: the first row is its head, the first column is left-aligned. */
export function printTable(rows: string[][]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const space = ' '.repeat(widths[column] - width(cell));
      return column === 0 ? cell + space : space + cell;
    });
    console.log(cells.join('   ').trimEnd());
  }
}

/** Chinese characters take two columns of a terminal. */
function width(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
}

/** Prints the line that programs read: the last one of every benchmark. */
export function printResult(
  bench: string,
  ratios: Record<string, number>,
  figures: Record<string, number | null>,
): void {
  console.log(JSON.stringify({ bench, ratios: rounded(ratios), figures: rounded(figures) }));
}

function rounded<T extends number | null>(values: Record<string, T>): Record<string, T> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    value === null ? null : Math.round(value * 1000) / 1000,
  ]);
  return Object.fromEntries(entries) as Record<string, T>;
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}
