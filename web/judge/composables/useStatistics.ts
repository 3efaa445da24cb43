import { computed, type Ref } from 'vue';
import { formatNumber } from '../../shared/format';
import { useWords } from '../../shared/i18n';
import { decision } from '../model/kinds';
import { totalHundredths } from '../model/score';
import { drift, driftBetweenThirds, histogram, lineFor, summary, type Judged } from '../model/statistics';
import { words } from '../words-tools';
import { useRoom, type WorkRecord } from './useRoom';

const BARS = 20;
const GROUPS = 10;
/** Means of two thirds nearer than this, in points of a hundred, count as the same. */
const STEADY = 3;
/** So many more on the line than are to be chosen are worth a word. */
const CROWDED = 1.25;

/** What the judge's own marks say, reckoned only while it is looked at. Values are of a hundred: points, or passes. */
export function useStatistics(open: Ref<boolean>) {
  const { t } = useWords(words);
  const room = useRoom();
  const { kind } = room.round;
  const whole = (value: number) => formatNumber(Math.round(value * 10) / 10);

  const judged = computed<Judged[]>(() =>
    open.value
      ? room.records.flatMap((record) => (record && !record.recused ? (valued(record) ?? []) : []))
      : [],
  );
  const values = computed(() => judged.value.map(({ value }) => value));

  function valued(record: WorkRecord): Judged | null {
    const value = valueOf(record);
    // What isn't saved yet was judged just now.
    return value === null ? null : { value, at: record.savedAt ? Date.parse(record.savedAt) : Date.now() };
  }

  function valueOf({ draft: { marks } }: WorkRecord): number | null {
    if (kind === 'score') {
      const hundredths = totalHundredths(room.round.criteria, marks);
      return hundredths === null ? null : Number(hundredths) / 100;
    }
    const decided = decision(room.round, marks);
    if (kind === 'tokens') return decided === 1 ? 100 : null;
    return decided === null ? null : decided * 100;
  }

  const passed = computed(() => values.value.filter((value) => value === 100).length);

  const figures = computed(() => {
    const all = summary(values.value);
    if (!all) return [];
    if (kind === 'tokens') {
      return [
        { name: t('tokensLaid'), value: formatNumber(all.count) },
        {
          name: t('tokensOf', { n: room.round.tokens ?? 0 }),
          value: formatNumber(room.goal.value - all.count),
        },
      ];
    }
    const count = { name: t('judgedCount'), value: formatNumber(all.count) };
    if (kind === 'pass') {
      const failed = all.count - passed.value;
      return [
        count,
        { name: t('passes'), value: `${passed.value} · ${t('percent', { n: Math.round(all.mean) })}` },
        { name: t('fails'), value: formatNumber(failed) },
      ];
    }
    return [
      count,
      { name: t('mean'), value: whole(all.mean) },
      { name: t('median'), value: whole(all.median) },
      { name: t('range'), value: `${whole(all.lowest)}–${whole(all.highest)}` },
    ];
  });

  /** The whole scale, so that a judge sees which part of it is used. */
  const spread = computed(() => (kind === 'score' ? histogram(values.value, 0, 100, BARS) : []));

  const expectation = computed(() => {
    const share = room.round.expected;
    const count = values.value.length;
    if (share === null || count === 0 || kind === 'tokens') return [];
    const wanted = Math.max(1, Math.round(share * count));
    const sentences = [t('expectedShare', { n: whole(1 / share), judged: count, wanted })];
    if (kind === 'pass') {
      const difference = passed.value - wanted;
      const about = Math.abs(difference) <= Math.max(1, wanted * 0.1);
      const word = about ? 'passedAbout' : difference > 0 ? 'passedMore' : 'passedFewer';
      return [...sentences, t(word, { passed: passed.value })];
    }
    const line = lineFor(values.value, wanted);
    if (line) sentences.push(t('expectedLine', { wanted, from: whole(line.from), count: line.count }));
    if (line && line.count > wanted * CROWDED) sentences.push(t('expectedMany'));
    return sentences;
  });

  const course = computed(() => (kind === 'tokens' ? [] : drift(judged.value, GROUPS)));
  const drifted = computed(() => driftBetweenThirds(judged.value));
  const courseText = computed(() => {
    const difference = drifted.value;
    const size = (value: number) => t(kind === 'pass' ? 'percent' : 'points', { n: whole(value) });
    if (difference === null) return t('driftNone');
    if (Math.abs(difference) < STEADY) return t('driftSteady', { n: size(STEADY) });
    return t(difference > 0 ? 'driftUp' : 'driftDown', { n: size(Math.abs(difference)) });
  });

  return {
    kind,
    loading: room.loading,
    count: computed(() => values.value.length),
    figures,
    spread,
    expectation,
    course,
    /** Fewer works say nothing of a course. */
    courseTold: computed(() => drifted.value !== null),
    courseText,
  };
}
