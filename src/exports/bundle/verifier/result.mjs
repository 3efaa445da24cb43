import { canonical, GENESIS, sha256 } from './archive.mjs';
import { cmp, decimal, q } from './numbers.mjs';
import { allot, counted, promoted } from './prizes.mjs';
import { rankWorks } from './ranking.mjs';

// Whether a result follows from its marks, or from the version before it.

export function checkResult(look, { id, category, version, supersedes, content }, where) {
  const {
    audit,
    contest,
    rounds,
    works,
    tasks,
    results,
    lines: linesOf,
    codes,
    entriesOf,
    note,
    fail,
  } = look;
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
  const lines = linesOf[id];
  const base = supersedes === null ? null : results.find((one) => one.id === supersedes);
  checkWords();
  checkElsewhere();
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

  /**
   * Prizes in other categories as they were in force at the lock. Who is one author may have been decided since those
   * were locked, so a difference is told, and is no proof.
   */
  function checkElsewhere() {
    const seqOf = (action, of) => entriesOf(action).find(({ facts }) => facts.result === of)?.seq ?? Infinity;
    const inForce = results.filter(
      (one) =>
        one.category !== category &&
        seqOf('result.locked', one.id) < lock &&
        seqOf('result.superseded', one.id) > lock,
    );
    const here = new Set(lines.map(({ person }) => person));
    const prizes = new Map();
    for (const { person, tier } of inForce.flatMap(({ id: of }) => linesOf[of])) {
      if (tier !== null && here.has(person)) prizes.set(person, (prizes.get(person) ?? 0) + 1);
    }
    const limit = content.rules.allocation.personLimit.contest;
    const expected = limit === null ? [] : [...prizes].map(([person, count]) => ({ person, prizes: count }));
    const listed = (list) => list.map(canonical).sort().join();
    if (listed(expected) === listed(content.elsewhere)) return;
    const place = `${where} · elsewhere`;
    note(
      null,
      place,
      '作者在其他类别的获奖与包里的不同',
      'prizes of its authors in other categories are not those here',
    );
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
    const complete = (marks) => marks && round.criteria.every(({ id: of }) => typeof marks[of] === 'number');
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
    const kept = (of) => Object.fromEntries(Object.entries(of).filter(([member]) => !free.includes(member)));
    differs('content', kept(base.content), kept(content));
    const rule = ({ id: tier, quota, amountYuan, floor, personLimit }) => ({
      tier,
      quota,
      amountYuan,
      floor,
      personLimit,
    });
    differs('tiers', base.content.tiers.map(rule), content.tiers.map(rule));
    const before = linesOf[base.id];
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

function short(value) {
  const text = canonical(value ?? null);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
