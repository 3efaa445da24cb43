import { sha256 } from './archive.mjs';
import {
  asFloat,
  average,
  bordaPoints,
  cmp,
  decimal,
  div,
  int,
  middle,
  mul,
  ordered,
  printed,
  q,
  rounded,
  same,
  sub,
  total,
  trimmed,
  written,
  zScores,
  zero,
} from './numbers.mjs';
import { groupedBy, severity } from './severity.mjs';

// From marks to places: docs/results.md, sections 1 and 2.

/**
 * @param rules `content.rules`
 * @param works [{ id, sequence, sheets: [{ seat, marks: { criterion: number } }] }], sheets in the order of the panel
 * @param judges `content.judges`, whose effects are subtracted as they are written
 * @returns lines by place, and what is wrong with the effects
 */
export function rankWorks({ rules, judges, adjustment, works, chair, seed, auditHead }) {
  const { method, trim, expectedSheets, criteria, rounding, kind } = rules;
  const scored = kind === 'score';
  const weights = criteria.map(({ weight }) => decimal(weight));
  const weight = total(weights);
  const above = ({ marks }, { id, min }) => sub(decimal(marks[id]), decimal(min));
  const raw = (sheet) =>
    div(
      total(
        criteria.map((criterion, c) =>
          mul(
            mul(weights[c], int(100)),
            div(above(sheet, criterion), sub(decimal(criterion.max), decimal(criterion.min))),
          ),
        ),
      ),
      weight,
    );
  const problems = [];
  const seatsOf = (work) => work.sheets.map(({ seat }) => seat).join();
  const complete =
    !scored ||
    works.every((work) => seatsOf(work) === seatsOf(works[0]) && work.sheets.length >= expectedSheets);
  if (scored) checkEffects();
  const model = adjustment.model;
  const settle = (value) => (model === 'none' ? value : rounded(value, 9));
  const sheetRounded = (value) =>
    rounding.sheet ? rounded(value, rounding.sheet.places, rounding.sheet.mode) : value;
  const effect = judges.map((judge) => decimal(judge.effect));
  const filled = (list) => {
    const missing = expectedSheets - list.length;
    return missing > 0 && list.length > 0 ? [...list, ...Array(missing).fill(average(list))] : list;
  };
  const together = (list) =>
    method === 'trimmed' ? trimmed(list, trim) : method === 'median' ? middle(list) : average(list);

  const points = pointsOfJudges();
  const contenders = works.map((work) => {
    const totals = scored
      ? filled(
          work.sheets.map((sheet) =>
            sheetRounded(model === 'none' ? raw(sheet) : sub(raw(sheet), effect[sheet.seat])),
          ),
        )
      : [];
    const values = points && work.sheets.map(({ seat }) => points.get(seat).get(work.id));
    const yes = scored ? [] : work.sheets.map(({ marks }) => decimal(marks[criteria[0].id]));
    const scoreOf = {
      mean: () => average(totals),
      additive: () => average(totals),
      trimmed: () => trimmed(totals, trim),
      median: () => middle(totals),
      sum: () => total(totals),
      borda: () => total(filled(values)),
      z_score: () => average(values),
      tokens: () => total(yes),
      pass: () => mul(int(100), average(yes)),
    }[method];
    const settled = settle(scoreOf());
    const score = rounding.score ? rounded(settled, rounding.score.places, rounding.score.mode) : settled;
    return { work, totals, values, score, keys: new Map() };
  });

  const heaviest = criteria
    .map((criterion, c) => ({ criterion, c }))
    .sort((a, b) => cmp(weights[b.c], weights[a.c]) || a.c - b.c);
  const seats = new Map(chair.flat().map((id, index) => [id, index]));
  const keys = {
    score: ({ score }) => [score],
    criterion: ({ work }) =>
      heaviest.map(({ criterion, c }) => {
        const marks = work.sheets.map((sheet) => {
          const mark = above(sheet, criterion);
          return model === 'none' ? mark : sub(mark, decimal(judges[sheet.seat].criteria[c]));
        });
        return settle(together(filled(marks)));
      }),
    untrimmed_mean: ({ totals }) => [settle(average(totals))],
    median: ({ totals }) => [settle(middle(totals))],
    sorted_marks: ({ totals }) => ordered(totals.map(settle)).reverse(),
    chair: ({ work }) => [int(-(seats.get(work.id) ?? Number.MAX_SAFE_INTEGER))],
    earlier_submission: ({ work }) => [int(-work.sequence)],
    draw: ({ work }) => [q(-BigInt(`0x${sha256(seed, auditHead, work.id)}`))],
  };
  /** Which step puts a before b (negative) or after it, the larger key going first. */
  const decide = (a, b) => {
    for (const step of rules.ties) {
      const [x, y] = [a, b].map((one) => {
        if (!one.keys.has(step)) one.keys.set(step, keys[step](one));
        return one.keys.get(step);
      });
      for (let at = 0; at < Math.min(x.length, y.length); at++) {
        const order = cmp(y[at], x[at]);
        if (order !== 0) return { order, step };
      }
    }
    return { order: 0, step: null };
  };
  contenders.sort((a, b) => decide(a, b).order);
  const places = rounding.score?.places ?? { tokens: 0, z_score: 4 }[method] ?? 2;
  let group = 1;
  const lines = contenders.map((one, index) => {
    const next = contenders[index + 1];
    const decidedBy = next ? decide(one, next).step : null;
    const line = {
      id: one.work.id,
      place: index + 1,
      sheets: one.work.sheets.length,
      exact: written(one.score),
      score: printed(one.score, places),
      group,
      decidedBy,
      values: one.values ? one.values.map(written) : undefined,
    };
    if (decidedBy !== 'earlier_submission' && decidedBy !== 'draw') group += 1;
    return line;
  });
  return { lines, problems };

  /** Borda's and the z-score's worth of each sheet, by seat and work. */
  function pointsOfJudges() {
    if (method !== 'borda' && method !== 'z_score') return null;
    const own = groupedBy(
      works.flatMap((work) => work.sheets.map((sheet) => ({ work, sheet }))),
      ({ sheet }) => sheet.seat,
    );
    return new Map(
      [...own].map(([seat, list]) => {
        const totals = list.map(({ sheet }) => sheetRounded(raw(sheet)));
        const worth = method === 'borda' ? bordaPoints(totals, works.length) : zScores(totals);
        return [seat, new Map(list.map(({ work }, index) => [work.id, worth[index]]))];
      }),
    );
  }

  /** That what is written as severity is the least-squares solution, as near as floating point tells. */
  function checkEffects() {
    const all = [
      judges.map((judge) => judge.effect),
      ...criteria.map((_, c) => judges.map((j) => j.criteria[c])),
    ];
    if (complete) {
      const silent = all.flat().every((x) => same(decimal(x), zero));
      if (adjustment.model !== 'none' || !silent) problems.push('model');
      return;
    }
    const cells = (value) =>
      works.flatMap((work, row) =>
        work.sheets.map((sheet) => ({ work: row, judge: sheet.seat, y: asFloat(value(sheet)) })),
      );
    const near = (a, b, size = 1) => Math.abs(a - b) <= 1e-7 * Math.max(1, size);
    const chosen = severity(cells(raw));
    // Without a penalty, or with one that is rounded to nothing, it is the additive model.
    const { lambda } = adjustment.model === 'mixed' ? adjustment : { lambda: '0/1' };
    const stated = lambda === null ? null : asFloat(q(...lambda.split('/').map(BigInt)));
    const written = { additive: adjustment.lambda === null, mixed: stated !== 0 }[adjustment.model];
    if (!written) problems.push('model');
    const agree =
      (stated === null) === (chosen.lambda === null) && near(stated ?? 0, chosen.lambda ?? 0, stated);
    if (!agree) problems.push('lambda');
    [raw, ...criteria.map((criterion) => (sheet) => above(sheet, criterion))].forEach((value, index) => {
      const { effects } = severity(cells(value), stated);
      if (all[index].some((text, seat) => !near(asFloat(decimal(text)), effects.get(seat) ?? 0))) {
        problems.push(index === 0 ? 'effects' : `effects of ${criteria[index - 1].id}`);
      }
    });
  }
}
