// Judges' severity by least squares, in floating point: for checking what is written.

/** Normal equations of y = μ + α_i + β_j with every α solved away; cells: [{ work, judge, y }]. */
function normal(cells) {
  const judges = [...new Set(cells.map(({ judge }) => judge))].sort((a, b) => a - b);
  const seat = new Map(judges.map((judge, index) => [judge, index]));
  const rows = [...groupedBy(cells, ({ work }) => work).values()];
  const matrix = judges.map(() => judges.map(() => 0));
  const right = judges.map(() => 0);
  let within = 0;
  for (const row of rows) {
    const mean = row.reduce((sum, { y }) => sum + y, 0) / row.length;
    for (const { judge, y } of row) {
      const a = seat.get(judge);
      matrix[a][a] += 1;
      right[a] += y - mean;
      within += (y - mean) ** 2;
      for (const other of row) matrix[a][seat.get(other.judge)] -= 1 / row.length;
    }
  }
  return { judges, matrix, right, within, works: rows.length };
}

export function groupedBy(list, key) {
  const groups = new Map();
  for (const one of list) {
    const of = key(one);
    if (groups.has(of)) groups.get(of).push(one);
    else groups.set(of, [one]);
  }
  return groups;
}

function solved(matrix, right) {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let r = p; r < n; r++) if (Math.abs(rows[r][p]) > Math.abs(rows[best][p])) best = r;
    [rows[p], rows[best]] = [rows[best], rows[p]];
    for (let r = 0; r < n; r++) {
      if (r === p) continue;
      const by = rows[r][p] / rows[p][p];
      if (by !== 0) for (let c = p; c <= n; c++) rows[r][c] -= by * rows[p][c];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/**
 * β by least squares with Σβ = 0 and the penalty λ (null: β = 0), in floating point: for checking what is written.
 * Without λ given it is chosen: none from ten works a judge on, else Henderson's method 3.
 */
export function severity(cells, given) {
  const { judges, matrix, right, within, works } = normal(cells);
  // Adding one number everywhere picks Σβ = 0 of the many solutions without a penalty.
  const fit = (lambda) =>
    solved(
      matrix.map((row, i) => row.map((x, j) => x + (lambda === 0 ? 1 : 0) + (i === j ? lambda : 0))),
      right,
    );
  let lambda = given;
  if (lambda === undefined) {
    const least = Math.min(...judges.map((_, i) => cells.filter(({ judge }) => judge === judges[i]).length));
    const free = cells.length - works - judges.length + 1;
    if (least >= 10) lambda = 0;
    else if (free === 0) lambda = 1;
    else {
      const explained = fit(0).reduce((sum, beta, i) => sum + beta * right[i], 0);
      const chance = Math.max(0, within - explained) / free;
      const excess = explained - chance * (judges.length - 1);
      lambda = excess <= 1e-9 * Math.max(1, within) ? null : (chance * (cells.length - works)) / excess;
    }
  }
  const beta = lambda === null ? judges.map(() => 0) : fit(lambda);
  return { lambda, effects: new Map(judges.map((judge, i) => [judge, beta[i]])) };
}
