#!/usr/bin/env node
// 复核一场比赛的结果 · Checks the results of a contest.
//
//   node verify.mjs bundle.zip --head <公示上的审计链哈希 · the audit hash printed on the notice>
//
// One file, no dependencies, Node 20 or later. Written from the rules as they are published (docs/results.md,
// docs/verify.md) and apart from the program that made the results: it shares no code with it.
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

// ---------------------------------------------------------------- exact numbers: [numerator, denominator > 0]

const gcd = (a, b) => {
  a = a < 0n ? -a : a;
  while (b) [a, b] = [b, a % b];
  return a;
};
const q = (n, d = 1n) => {
  if (d < 0n) [n, d] = [-n, -d];
  const by = gcd(n, d) || 1n;
  return [n / by, d / by];
};
const zero = q(0n);
const int = (n) => q(BigInt(n));
const add = ([a, b], [c, d]) => (b === d ? q(a + c, b) : q(a * d + c * b, b * d));
const sub = (x, [c, d]) => add(x, [-c, d]);
const mul = ([a, b], [c, d]) => q(a * c, b * d);
const div = ([a, b], [c, d]) => q(a * d, b * c);
const cmp = ([a, b], [c, d]) => (a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
const total = (list) => list.reduce(add, zero);
const average = (list) => (list.length === 0 ? zero : div(total(list), int(list.length)));
const same = (x, y) => x[0] === y[0] && x[1] === y[1];
const asFloat = ([a, b]) => Number((a * 10n ** 25n) / b) / 1e25;
const written = ([a, b]) => `${a}/${b}`;

/** A number of JSON or a decimal text. */
export function decimal(value) {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(String(value));
  if (!match) throw new Error(`not a number: ${value}`);
  const [, sign, whole, part = '', power = '0'] = match;
  const scale = Number(power) - part.length;
  const digits = BigInt(sign + whole + part);
  return scale >= 0 ? q(digits * 10n ** BigInt(scale)) : q(digits, 10n ** BigInt(-scale));
}

/** To so many decimals: half-away, half-even, down (towards −∞), up. */
export function rounded([a, b], places, mode = 'half-away') {
  const unit = 10n ** BigInt(places);
  const negative = a < 0n;
  const scaled = (negative ? -a : a) * unit;
  let units = scaled / b;
  const left = scaled % b;
  const half = left * 2n;
  const more =
    mode === 'half-away'
      ? half >= b
      : mode === 'half-even'
        ? half > b || (half === b && units % 2n === 1n)
        : mode === 'down'
          ? negative && left > 0n
          : !negative && left > 0n;
  if (more) units += 1n;
  return q(negative ? -units : units, unit);
}

function printed(value, places) {
  const [a, b] = rounded(value, places);
  const units = ((a < 0n ? -a : a) * 10n ** BigInt(places)) / b;
  const text = String(units).padStart(places + 1, '0');
  const sign = a < 0n ? '-' : '';
  return sign + (places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`);
}

/** √ of a fraction to fifty decimals. */
function root([a, b]) {
  const scale = 10n ** 50n;
  const square = (a * scale * scale) / b;
  if (square === 0n) return zero;
  let guess = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (guess + square / guess) >> 1n;
    if (next >= guess) return q(guess, scale);
    guess = next;
  }
}

// ---------------------------------------------------------------- one score out of many totals

const ordered = (list) => [...list].sort(cmp);

export function middle(list) {
  if (list.length === 0) return zero;
  const line = ordered(list);
  const half = line.length >> 1;
  return line.length % 2 === 1 ? line[half] : average([line[half - 1], line[half]]);
}

export function trimmed(list, { highest, lowest }) {
  return average(ordered(list).slice(lowest, list.length - highest));
}

/** Each value's rank among all, the best being 1, equal ones sharing the mean. */
function midRanks(values) {
  const line = values.map((value, index) => ({ value, index })).sort((a, b) => cmp(b.value, a.value));
  const ranks = [];
  for (let from = 0, to = 0; from < line.length; from = to) {
    while (to < line.length && same(line[to].value, line[from].value)) to += 1;
    for (let at = from; at < to; at++) ranks[line[at].index] = q(BigInt(from + 1 + to), 2n);
  }
  return ranks;
}

/** (N − 1)(n − rank) ÷ (n − 1): points of a judge who ranked n of the N works. */
export function bordaPoints(values, works) {
  const n = values.length;
  if (n === 1) return [q(BigInt(works - 1), 2n)];
  const stretch = q(BigInt(works - 1), BigInt(n - 1));
  return midRanks(values).map((rank) => mul(stretch, sub(int(n), rank)));
}

export function zScores(values) {
  const centre = average(values);
  const off = values.map((value) => sub(value, centre));
  const spread = root(div(total(off.map((x) => mul(x, x))), int(values.length - 1)));
  return off.map((x) => (same(spread, zero) ? zero : rounded(div(x, spread), 9)));
}

// ---------------------------------------------------------------- judges' severity

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

function groupedBy(list, key) {
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

// ---------------------------------------------------------------- from marks to places (docs/results.md 1 and 2)

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

// ---------------------------------------------------------------- from places to prizes (docs/results.md 3 and 4)

/** @param held tiers that the person has in this category */
function limited(tier, held, elsewhere, { personLimit: { category, contest } }) {
  return (
    (category !== null && held.length >= category) ||
    (contest !== null && held.length + elsewhere >= contest) ||
    (tier.personLimit !== null && held.filter((id) => id === tier.id).length >= tier.personLimit)
  );
}

const belowFloor = (tier, score) => tier.floor !== null && cmp(score, decimal(tier.floor)) < 0;
const fen = (tiers, count) =>
  tiers.reduce((sum, tier) => sum + Math.round(tier.amountYuan * 100) * count(tier), 0) / 100;

export function counted(tiers, filledOf, vacatedOf) {
  const after = tiers.map((tier) => ({ ...tier, filled: filledOf(tier), vacated: vacatedOf(tier) }));
  return {
    tiers: after,
    totals: {
      awards: after.reduce((sum, { filled }) => sum + filled, 0),
      amountYuan: fen(after, ({ filled }) => filled),
      budgetAwards: after.reduce((sum, { quota }) => sum + quota, 0),
      budgetYuan: fen(after, ({ quota }) => quota),
    },
  };
}

/**
 * @param order works by place: { id, person, score, group, excluded }
 * @returns { placements: by id, tiers, totals }
 */
export function allot({ order, tiers, rules, overrides, elsewhere }) {
  const vacatedOf = ({ id }) =>
    overrides.reduce((sum, one) => sum + (one.do === 'vacate' && one.tier === id ? one.places : 0), 0);
  const room = new Map(tiers.map((tier) => [tier.id, tier.quota - vacatedOf(tier)]));
  const given = new Map(tiers.map(({ id }) => [id, 0]));
  let prizes = new Map();
  const heldBy = (person) => prizes.get(person) ?? [];
  const give = (person, tier) => {
    given.set(tier, given.get(tier) + 1);
    prizes.set(person, [...heldBy(person), tier]);
  };
  const placements = new Map();
  const personOf = new Map(order.map(({ id, person }) => [id, person]));
  for (const one of overrides) {
    const plain = { passed: [], overridden: true };
    if (one.do === 'place') {
      give(personOf.get(one.submission), one.tier);
      placements.set(one.submission, { tier: one.tier, skipped: null, ...plain });
    } else if (one.do === 'out') {
      placements.set(one.submission, { tier: null, skipped: 'TAKEN_OUT', ...plain });
    }
  }
  const groups = groupedBy(
    order.filter(({ id }) => !placements.has(id)),
    ({ group }) => group,
  );
  for (const equals of groups.values()) {
    for (;;) {
      const before = { given: new Map(given), prizes: new Map(prizes) };
      const expanded = new Set();
      const missed = new Set();
      const answers = equals.map((one) => serve(one, expanded, missed));
      // Where a tier would part them and the rules vacate, none of them gets it and nobody after them.
      const parted =
        rules.quotaTies === 'vacate'
          ? answers.map(({ tier }) => tier).find((tier) => tier !== null && missed.has(tier))
          : undefined;
      if (parted === undefined) {
        answers.forEach((answer, index) => placements.set(equals[index].id, answer));
        break;
      }
      for (const [id, count] of before.given) given.set(id, count);
      prizes = before.prizes;
      room.set(parted, given.get(parted));
    }
  }
  return { placements, ...counted(tiers, ({ id }) => given.get(id), vacatedOf) };

  function serve({ person, score, excluded }, expanded, missed) {
    const passed = [];
    const none = (skipped) => ({ tier: null, skipped, passed, overridden: false });
    if (excluded) return none(excluded);
    for (const tier of tiers) {
      const isFree = given.get(tier.id) < room.get(tier.id) || expanded.has(tier.id);
      const reason = belowFloor(tier, score)
        ? 'BELOW_FLOOR'
        : limited(tier, heldBy(person), elsewhere.get(person) ?? 0, rules)
          ? 'PERSON_LIMIT'
          : null;
      if (isFree && reason) passed.push({ tier: tier.id, reason });
      else if (isFree) {
        if (rules.quotaTies === 'expand') expanded.add(tier.id);
        give(person, tier.id);
        return { tier: tier.id, skipped: null, passed, overridden: false };
      } else if (!reason) missed.add(tier.id);
    }
    if (passed.length === 0) return none('NO_ROOM');
    return none(passed.some(({ reason }) => reason === 'PERSON_LIMIT') ? 'PERSON_LIMIT' : 'BELOW_FLOOR');
  }
}

/**
 * 递补 · moves that follow when works are disqualified.
 * @param order lines of the version before, with `barred`: excluded then or withdrawn since
 */
export function promoted({ order, tiers, rules, elsewhere, policy, out }) {
  const has = new Map(order.map(({ id, tier }) => [id, tier]));
  const moves = [];
  const free = new Map(tiers.map(({ id }) => [id, 0]));
  for (const { id, tier } of order) {
    if (!out.includes(id) || tier === null) continue;
    moves.push({ id, from: tier, to: null });
    has.set(id, null);
  }
  if (policy === 'leave_vacant') return moves;
  for (const tier of tiers) {
    const lost = moves.filter(({ from }) => from === tier.id).length;
    const open = tier.quota - tier.vacated - (tier.filled - lost);
    free.set(tier.id, Math.max(0, Math.min(lost, open)));
  }
  const level = new Map(tiers.map(({ id }, index) => [id, index]));
  const own = groupedBy(order, ({ person }) => person);
  for (const [index, tier] of tiers.entries()) {
    for (; free.get(tier.id) > 0; free.set(tier.id, free.get(tier.id) - 1)) {
      const next = order.find((one) => {
        const now = has.get(one.id);
        if (out.includes(one.id) || one.barred || one.overridden) return false;
        if (now !== null && level.get(now) <= index) return false;
        const held = own.get(one.person).filter(({ id }) => id !== one.id && has.get(id) !== null);
        return (
          !belowFloor(tier, one.score) &&
          !limited(
            tier,
            held.map(({ id }) => has.get(id)),
            elsewhere.get(one.person) ?? 0,
            rules,
          )
        );
      });
      if (!next) break;
      const from = has.get(next.id);
      moves.push({ id: next.id, from, to: tier.id });
      has.set(next.id, tier.id);
      if (from !== null && policy === 'cascade') free.set(from, free.get(from) + 1);
    }
  }
  return moves;
}

// ---------------------------------------------------------------- the bundle

/** JSON with keys in code-point order and no white space: equal values give equal bytes. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/** Files of a zip, by name. */
export function unzip(bytes) {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('不是 zip 文件 · not a zip file');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString('utf8', at + 46, at + 46 + lengths[0]);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + packed);
    files.set(name, method === 0 ? data : inflateRawSync(data));
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return files;
}

/** Parsed: { contest, categories, rounds, works, tasks, sheets, audit, results, lines: by result }. */
export function readBundle(files) {
  const bytes = (name) => {
    if (!files.has(name)) throw new Error(`${name}：缺失 · missing`);
    return files.get(name);
  };
  const json = (name, text, number) => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`${name}:${number}：不是 JSON · not JSON`);
    }
  };
  // Line by line: a log of a large contest is longer than a string can be.
  const lines = (name) => {
    const all = bytes(name);
    const parsed = [];
    for (let from = 0, to = 0; from < all.length; from = to + 1) {
      to = all.indexOf(10, from);
      if (to < 0) to = all.length;
      const text = all.toString('utf8', from, to);
      if (text.trim() !== '') parsed.push(json(name, text, parsed.length + 1));
    }
    return parsed;
  };
  const list = Object.fromEntries(
    ['rounds', 'works', 'tasks', 'sheets', 'audit', 'results'].map((name) => [name, lines(`${name}.ndjson`)]),
  );
  return {
    ...json('contest.json', bytes('contest.json').toString('utf8'), 1),
    ...list,
    lines: Object.fromEntries(list.results.map(({ id }) => [id, lines(`results/${id}.ndjson`)])),
  };
}

const GENESIS = '0'.repeat(64);

/**
 * @param bundle as `readBundle` gives it
 * @param head the hash on the notice; null: not checked
 * @returns { ok, said: [{ holds: true | false | null, where, zh, en }] }
 */
export function verifyBundle(bundle, head = null) {
  const said = [];
  const note = (holds, where, zh, en) => said.push({ holds, where, zh, en });
  const fail = (where, zh, en) => note(false, where, zh, en);
  const section = (zh, en, check) => {
    const before = said.length;
    try {
      check();
    } catch (error) {
      fail(zh, `数据读不懂：${error.message}`, `can't be read: ${error.message}`);
    }
    if (!said.slice(before).some(({ holds }) => holds === false)) note(true, null, zh, en);
  };
  const { contest, categories, rounds, works, tasks, sheets, audit, results } = bundle;
  const logged = groupedBy(audit, ({ action }) => action);
  const entriesOf = (action) => logged.get(action) ?? [];
  const codes = new Map(works.map(({ round, work, code }) => [`${round} ${work}`, code]));

  if (bundle.format !== 1) {
    fail('contest.json', '这份程序读不了这种格式', 'this program can not read this format');
  }
  section(
    `审计链完整，共 ${audit.length} 条`,
    `the audit chain is whole, ${audit.length} entries`,
    checkChain,
  );
  section('与公示上的哈希一致', 'it is the chain of the notice', checkHead);
  section('名称与锁定时一致', 'names are those of the lock', checkNames);
  section('规则是开评时冻结的', 'the rules are those frozen at opening', checkRounds);
  section(
    `分数与审计链一致，共 ${sheets.length} 份`,
    `marks are those of the chain, ${sheets.length} sheets`,
    checkSheets,
  );
  section('结果都在审计链上，一个不少', 'the results are those of the chain, none is missing', checkResults);
  for (const result of results) {
    const { name } = categories.find(({ id }) => id === result.category) ?? { name: result.category };
    const where = `${name} v${result.version}`;
    section(
      `${where}：名次与奖项重算相符（${result.content.totals?.awards} 个奖）`,
      `${where}: places and prizes come out the same (${result.content.totals?.awards} prizes)`,
      () => checkResult(result, where),
    );
  }
  return { ok: said.every(({ holds }) => holds !== false), said };

  function checkChain() {
    let [seq, previous] = [0, GENESIS];
    for (const { hash, ...entry } of audit) {
      seq += 1;
      const whole =
        entry.seq === seq &&
        entry.previousHash === previous &&
        sha256(canonical({ ...entry, contestId: contest.id })) === hash;
      if (!whole) {
        fail(`audit.ndjson:${seq}`, '审计链在此断开', 'the chain breaks here');
        return;
      }
      previous = hash;
    }
    if (audit.length === 0) fail('audit.ndjson', '审计链是空的', 'the chain is empty');
  }

  function checkHead() {
    if (head === null) {
      note(null, '--head', '未核对公示哈希', 'the hash on the notice was not checked');
      return;
    }
    const at = audit.find(({ hash }) => hash === head);
    if (!at) {
      fail(
        '--head',
        '审计链里没有公示上的哈希：这不是公示的那份数据',
        'the chain lacks the hash of the notice: this is other data',
      );
      return;
    }
    for (const { seq, facts } of [...entriesOf('result.locked'), ...entriesOf('round.closed')]) {
      if (seq > at.seq) {
        const of = facts.result ?? facts.round;
        fail(
          `audit.ndjson:${seq}`,
          `${of} 晚于这份公示，请用更新的公示上的哈希`,
          `${of} is later than this notice: take the hash of a later one`,
        );
      }
    }
  }

  function checkNames() {
    for (const [index, category] of categories.entries()) {
      const ids = results.filter((result) => result.category === category.id).map(({ id }) => id);
      const last = entriesOf('result.locked').findLast(({ facts }) => ids.includes(facts.result));
      if (!last) fail(`contest.json: ${category.key}`, '这个类别没有结果', 'this category has no result');
      else if (last.facts.names === undefined) {
        note(
          null,
          `contest.json: ${category.key}`,
          '名称没有记入审计链（旧版本锁定）',
          'names are not in the chain (locked by an old version)',
        );
      } else if (sha256(canonical({ contest, category })) !== last.facts.names) {
        fail(
          `contest.json: categories[${index}]`,
          '比赛、类别或奖项的名称与锁定时不同',
          'names of contest, category or prizes differ from the lock',
        );
      }
      const tiers = results.find(({ id }) => id === last?.facts.result)?.content.tiers ?? [];
      if (canonical(tiers.map(({ id }) => id)) !== canonical(category.tiers.map(({ id }) => id))) {
        fail(
          `contest.json: categories[${index}].tiers`,
          '奖项与结果里的不同',
          'the tiers are not those of the result',
        );
      }
    }
  }

  function checkRounds() {
    for (const round of rounds) {
      const where = `rounds.ndjson: ${round.name}`;
      const opened = entriesOf('round.opened').find(({ facts }) => facts.round === round.id);
      const closed = entriesOf('round.closed').find(({ facts }) => facts.round === round.id);
      if (!opened || !closed) {
        fail(where, '审计链里没有这一轮的开评或结束', 'its opening or closing is not in the chain');
        continue;
      }
      if (settingsHashOf(round, opened.facts.settingsHash) !== round.settingsHash) {
        fail(where, '设置与开评时冻结的不同', 'its settings are not those frozen at opening');
      }
      if (closed.facts.snapshot === undefined) {
        note(
          null,
          where,
          '这一轮由旧版本结束，评委与作品的对应没有记入审计链',
          'closed by an old version: who judged what is not in the chain',
        );
        continue;
      }
      const own = [
        round,
        ...works.filter((work) => work.round === round.id),
        ...tasks.filter((task) => task.round === round.id),
      ];
      if (sha256(own.map((line) => `${canonical(line)}\n`).join('')) !== closed.facts.snapshot) {
        fail(
          `rounds/works/tasks.ndjson: ${round.name}`,
          '规则、作品、任务或分数与结束评审时不同',
          'rules, works, tasks or marks are not those of the close',
        );
      }
    }
    const known = new Set(rounds.map(({ id }) => id));
    for (const { seq, facts } of entriesOf('round.closed')) {
      if (!known.has(facts.round)) fail(`audit.ndjson:${seq}`, '缺少这一轮', 'this round is missing');
    }
    for (const [file, list] of Object.entries({ works, tasks })) {
      const stray = list.find(({ round }) => !known.has(round));
      if (stray) fail(`${file}.ndjson`, `不属于任何一轮：${canonical(stray)}`, 'belongs to no round');
    }
  }

  /** The panel and the number of judges a work may have changed since: the settings tried are those that may have been. */
  function settingsHashOf(round, wanted) {
    const { kind, criteria, method, scoring, quorum, passPercent, tokens, seed, anonymous, sources, ofTied } =
      round;
    const ids = round.judges.map(({ id }) => id);
    for (let count = ids.length; count > 0; count--) {
      for (const perSubmission of new Set([round.perSubmission, round.plannedJudges, null])) {
        const planned = perSubmission ?? count;
        if (planned !== round.plannedJudges) continue;
        const frozen = { kind, criteria, method, scoring, judges: ids.slice(0, count), perSubmission };
        const rest = { quorum, passPercent, tokens, seed, anonymous, sources, ofTied };
        const hash = sha256(canonical({ ...frozen, ...rest }));
        if (hash === wanted) return hash;
      }
    }
    return null;
  }

  function checkSheets() {
    const key = ({ task, version }) => `${task} v${version}`;
    const saved = new Map(entriesOf('sheet.saved').map(({ seq, facts }) => [key(facts), { seq, ...facts }]));
    const last = new Map();
    const ofTask = new Map(tasks.map((task) => [task.task, task]));
    for (const [index, sheet] of sheets.entries()) {
      const where = `sheets.ndjson:${index + 1}`;
      const { seq, ...facts } = saved.get(key(sheet)) ?? {};
      if (canonical(facts) !== canonical(sheet)) {
        fail(
          where,
          `分数与审计链第 ${seq ?? '?'} 条不同：${key(sheet)}`,
          `not the marks of the chain, entry ${seq ?? '?'}: ${key(sheet)}`,
        );
      }
      if (!ofTask.has(sheet.task)) fail(where, '没有这个任务', 'there is no such task');
      saved.delete(key(sheet));
      if ((last.get(sheet.task)?.version ?? 0) < sheet.version) last.set(sheet.task, sheet);
    }
    for (const { seq } of saved.values()) {
      fail(`audit.ndjson:${seq}`, '缺少这份评分', 'this sheet is missing');
    }
    const recused = new Set(entriesOf('task.recused').map(({ facts }) => facts.task));
    for (const [index, { task, version, marks, state }] of tasks.entries()) {
      const sheet = last.get(task);
      const where = `tasks.ndjson:${index + 1}`;
      if (version !== (sheet?.version ?? 0) || canonical(marks) !== canonical(sheet?.marks ?? null)) {
        fail(where, `不是最后一次保存的分数：${task}`, `not the marks saved last: ${task}`);
      }
      if (state === 'submitted' && !sheet?.submitted) fail(where, '没有提交过', 'was never submitted');
      if ((state === 'recused') !== recused.has(task)) {
        fail(where, '回避与审计链不同', 'not the recusals of the chain');
      }
    }
  }

  function checkResults() {
    const locked = new Map(entriesOf('result.locked').map((entry) => [entry.facts.result, entry]));
    const superseded = new Map(entriesOf('result.superseded').map(({ facts }) => [facts.result, facts.by]));
    for (const [index, result] of results.entries()) {
      const { id, category, version, status, supersedes, hash, content } = result;
      const where = `results.ndjson:${index + 1}`;
      const facts = locked.get(id)?.facts;
      if (!facts) fail(where, '审计链里没有锁定过它', 'the chain does not lock it');
      else if (facts.hash !== hash || facts.category !== category || facts.version !== version) {
        fail(where, '哈希、类别或版本与审计链不同', 'hash, category or version are not those of the chain');
      }
      if (sha256(canonical(content)) !== hash) {
        fail(where, '规则或奖项与哈希不符', 'rules or prizes do not give its hash');
      }
      const lines = bundle.lines[id] ?? [];
      if (
        sha256(lines.map((line) => `${canonical(line)}\n`).join('')) !== content.entriesHash ||
        lines.length !== content.entries
      ) {
        fail(`results/${id}.ndjson`, '名次或奖项与哈希不符', 'places or prizes do not give their hash');
      }
      if (status !== (superseded.has(id) ? 'superseded' : 'locked')) {
        fail(where, '状态与审计链不同', 'not the state of the chain');
      }
      if (supersedes !== (content.origin?.result ?? null)) {
        fail(where, '所取代的版本不符', 'supersedes another version');
      }
      if (supersedes !== null && superseded.get(supersedes) !== id) {
        fail(where, '审计链里它没有取代那个版本', 'the chain does not say that it supersedes');
      }
      if (content.origin && content.origin.hash !== results.find((one) => one.id === supersedes)?.hash) {
        fail(where, '上一版的哈希不符', 'the version before has another hash');
      }
      if (!categories.some((one) => one.id === category)) {
        fail(where, '类别不在 contest.json 里', 'its category is not in contest.json');
      }
      locked.delete(id);
    }
    for (const { seq } of locked.values()) {
      fail(`audit.ndjson:${seq}`, '缺少这份结果', 'this result is missing');
    }
  }

  function checkResult({ id, category, version, supersedes, content }, where) {
    if (content.version !== 2) {
      fail(where, '由旧版本算出，无法重算', 'made by an old version: can not be made again');
      return;
    }
    const differs = (what, expected, actual) => {
      if (canonical(expected ?? null) === canonical(actual ?? null)) return;
      fail(
        `${where} · ${what}`,
        `应为 ${short(expected)}，包里是 ${short(actual)}`,
        `should be ${short(expected)}, the bundle has ${short(actual)}`,
      );
    };
    const lock = entriesOf('result.locked').find(({ facts }) => facts.result === id)?.seq ?? Infinity;
    const lines = bundle.lines[id];
    const base = supersedes === null ? null : results.find((one) => one.id === supersedes);
    checkWords();
    if (base) checkVersion();
    else {
      differs('version', 1, version);
      checkRules();
      checkRanking();
      checkAllotted(content.overrides);
    }

    /** Reasons stand in the chain, as salted hashes. */
    function checkWords() {
      for (const { reasonHash, ...override } of content.overrides) {
        const entry = entriesOf('result.overridden').find(
          (one) => one.textHash === reasonHash && one.seq < lock,
        );
        differs('overrides', entry?.facts, { category, ...override });
      }
      if (!content.origin) return;
      const { reasonHash } = content.origin;
      const proposed = entriesOf('result.version_proposed').find((one) => one.textHash === reasonHash);
      differs('origin', proposed?.facts.result, content.origin.result);
    }

    function checkRules() {
      const { rules } = content;
      const round = rounds.find((one) => one.id === content.round);
      if (!round) throw new Error(`round ${content.round}`);
      differs('round', round.category, category);
      differs('settingsHash', round.settingsHash, content.settingsHash);
      const scored = round.kind === 'score';
      const oneEach = { highest: 1, lowest: 1 };
      const { plannedJudges: planned, method, scoring } = round;
      const [chosen, why] = !scored
        ? [round.kind, 'kind']
        : method !== 'auto'
          ? [method, 'asked']
          : round.perSubmission !== null
            ? ['additive', 'some_of_panel']
            : planned >= 5
              ? ['trimmed', 'five_or_more']
              : ['mean', 'three_or_four'];
      const counts = worksOf(round).map(({ sheets: own }) => own.length);
      const active = round.judges.filter(({ left }) => !left).length;
      const late = (step) => step === 'chair' || step === 'earlier_submission';
      differs(
        'rules',
        {
          kind: round.kind,
          method: chosen,
          why,
          trim: chosen === 'trimmed' ? (why === 'asked' && scoring.trim) || oneEach : null,
          plannedJudges: planned,
          expectedSheets: scored ? Math.max(round.perSubmission ?? active, ...counts) : 0,
          leastSheets: { score: 3, pass: round.quorum, tokens: 0 }[round.kind],
          passPercent: round.passPercent,
          criteria: round.criteria,
          rounding: scoring.rounding,
          ties: ['score', ...scoring.ties.filter((step) => scored || late(step)), 'draw'],
          allocation: rules.allocation,
          promotion: rules.promotion,
        },
        rules,
      );
      if (counts.some((count) => count < rules.leastSheets)) {
        fail(`${where} · sheets`, '有作品的评分太少', 'a work has too few sheets');
      }
      const seedHash = entriesOf('contest.seed_committed')[0]?.facts.seedHash;
      differs('seed', seedHash, sha256(content.seed));
      checkDrawHead(round);
      differs(
        'judges',
        round.judges.map(({ judge }) => judge),
        content.judges.map(({ judge }) => judge),
      );
      const orders = entriesOf('round.tie_decided').filter(
        ({ seq, facts }) => seq < lock && facts.round === round.id,
      );
      const latest = new Map(orders.map(({ facts }) => [[...facts.order].sort().join(), facts.order]));
      differs('chair', [...latest.values()].map(canonical).sort(), content.chair.map(canonical).sort());
    }

    /** The draw's head is the last entry before works were closed, or before the round opened if that came first. */
    function checkDrawHead(round) {
      const end = Math.min(Date.parse(contest.closesAt), Number(round.openedAt));
      const before = audit.filter(({ at }) => Date.parse(at) < end);
      differs('auditSeq', before.at(-1)?.seq ?? 0, content.auditSeq);
      differs('auditHead', audit[content.auditSeq - 1]?.hash ?? GENESIS, content.auditHead);
    }

    function worksOf(round) {
      const seat = new Map(round.judges.map(({ judge }, index) => [judge, index]));
      const standing = new Map(
        works.filter((work) => work.round === round.id && !work.removed).map((one) => [one.work, []]),
      );
      const complete = (marks) =>
        marks && round.criteria.every(({ id: of }) => typeof marks[of] === 'number');
      for (const task of tasks) {
        if (task.round !== round.id || task.state !== 'submitted' || !complete(task.marks)) continue;
        standing.get(task.work)?.push({ seat: seat.get(task.judge), marks: task.marks });
      }
      const sequence = new Map(lines.map((line) => [line.id, line.sequence]));
      return [...standing].map(([work, own]) => ({
        id: work,
        sequence: sequence.get(work) ?? 0,
        sheets: own.sort((a, b) => a.seat - b.seat),
      }));
    }

    function checkRanking() {
      const round = rounds.find((one) => one.id === content.round);
      const ranked = rankWorks({ ...content, works: worksOf(round) });
      for (const problem of ranked.problems) {
        fail(
          `${where} · ${problem}`,
          '评委宽严的估计不是最小二乘解',
          'judges’ severity is not the least-squares solution',
        );
      }
      differs('entries', ranked.lines.length, lines.length);
      for (const [index, expected] of ranked.lines.entries()) {
        const actual = lines[index] ?? {};
        const what = `${codeOf(expected.id)} · `;
        for (const [member, value] of Object.entries(expected)) differs(what + member, value, actual[member]);
        const { excluded } = actual;
        const failed =
          content.rules.passPercent !== null &&
          cmp(q(...expected.exact.split('/').map(BigInt)), decimal(content.rules.passPercent)) < 0;
        if (!excluded || excluded === 'NOT_PASSED') {
          differs(`${what}excluded`, failed ? 'NOT_PASSED' : null, excluded);
        }
      }
    }

    function codeOf(work) {
      return codes.get(`${content.round} ${work}`) ?? work;
    }

    function asOrder(list) {
      return list.map((line) => ({ ...line, score: q(...line.exact.split('/').map(BigInt)) }));
    }

    function elsewhere() {
      return new Map(content.elsewhere.map(({ person, prizes }) => [person, prizes]));
    }

    function checkAllotted(overrides) {
      const tiers = content.tiers.map(({ filled: _, vacated: __, ...tier }) => tier);
      const prized = allot({
        order: asOrder(lines),
        tiers,
        rules: content.rules.allocation,
        overrides,
        elsewhere: elsewhere(),
      });
      for (const line of lines) {
        for (const [member, value] of Object.entries(prized.placements.get(line.id))) {
          differs(`${codeOf(line.id)} · ${member}`, value, line[member]);
        }
      }
      differs('tiers', prized.tiers, content.tiers);
      differs('totals', prized.totals, content.totals);
    }

    /** Order, scores and rules stay; prizes follow from a promotion or are allotted anew. */
    function checkVersion() {
      differs('version', base.version + 1, version);
      const free = ['overrides', 'origin', 'elsewhere', 'entriesHash', 'tiers', 'totals'];
      const kept = (of) =>
        Object.fromEntries(Object.entries(of).filter(([member]) => !free.includes(member)));
      differs('content', kept(base.content), kept(content));
      const rule = ({ id: tier, quota, amountYuan, floor, personLimit }) => ({
        tier,
        quota,
        amountYuan,
        floor,
        personLimit,
      });
      differs('tiers', base.content.tiers.map(rule), content.tiers.map(rule));
      const before = bundle.lines[base.id];
      const frozen = ['id', 'place', 'sequence', 'sheets', 'exact', 'score', 'group', 'decidedBy', 'values'];
      lines.forEach((line, index) => {
        for (const member of frozen) {
          differs(`${codeOf(line.id)} · ${member}`, before[index]?.[member], line[member]);
        }
      });
      const { by, moves, disqualified } = content.origin;
      if (by === 'revision') {
        checkAllotted(content.overrides);
        const changed = lines.flatMap(({ id: work, tier }, index) =>
          tier === before[index].tier ? [] : [{ id: work, from: before[index].tier, to: tier }],
        );
        differs('moves', changed, moves);
        return;
      }
      differs('overrides', base.content.overrides, content.overrides);
      const gone = new Set(
        entriesOf('submission.withdrawn').flatMap(({ seq, facts }) => (seq < lock ? [facts.submission] : [])),
      );
      const barred = ({ id: work, excluded }) => Boolean(excluded) || gone.has(work);
      const expected = promoted({
        order: asOrder(before).map((line) => ({ ...line, barred: barred(line) })),
        tiers: base.content.tiers,
        rules: content.rules.allocation,
        elsewhere: elsewhere(),
        policy: content.rules.promotion,
        out: disqualified,
      });
      differs('moves', expected, moves);
      const to = new Map(expected.map((move) => [move.id, move.to]));
      const after = before.map((line) => {
        if (disqualified.includes(line.id)) {
          return { ...line, excluded: 'DISQUALIFIED', tier: null, skipped: 'DISQUALIFIED', passed: [] };
        }
        return to.has(line.id) ? { ...line, tier: to.get(line.id), skipped: null, passed: [] } : line;
      });
      after.forEach((line, index) => differs(codeOf(line.id), line, lines[index]));
      const sums = counted(
        base.content.tiers,
        ({ id: tier }) => after.filter((line) => line.tier === tier).length,
        ({ vacated }) => vacated,
      );
      differs('tiers', sums.tiers, content.tiers);
      differs('totals', sums.totals, content.totals);
    }
  }
}

function short(value) {
  const text = canonical(value ?? null);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

// ---------------------------------------------------------------- the command

function main([path, ...rest]) {
  const at = rest.indexOf('--head');
  const head = at >= 0 ? rest[at + 1]?.toLowerCase() : null;
  if (!path || head === undefined || rest.length > (at >= 0 ? 2 : 0)) {
    console.error(
      'node verify.mjs bundle.zip --head <公示上的审计链哈希 · the audit hash printed on the notice>',
    );
    return 1;
  }
  let report;
  try {
    report = verifyBundle(readBundle(unzip(readFileSync(path))), head);
  } catch (error) {
    console.log(`✗ ${path}：读不懂 · can't be read: ${error.message}`);
    return 1;
  }
  const most = 40;
  let hidden = 0;
  let shown = 0;
  for (const { holds, where, zh, en } of report.said) {
    if (holds === false && ++shown > most) {
      hidden += 1;
      continue;
    }
    console.log(`${holds === null ? '!' : holds ? '✓' : '✗'} ${where ? `${where}: ` : ''}${zh} · ${en}`);
  }
  if (hidden > 0) console.log(`… 还有 ${hidden} 处 · and ${hidden} more`);
  console.log(report.ok ? '\n相符 · everything holds' : '\n不相符 · this does not hold');
  return report.ok ? 0 : 1;
}

// Not when it is imported, as tests do.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
