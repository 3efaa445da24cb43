import { cmp, decimal } from './numbers.mjs';
import { groupedBy } from './severity.mjs';

// From places to prizes: docs/results.md, sections 3 and 4.

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
