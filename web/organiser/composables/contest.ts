import { computed, inject, type InjectionKey, provide, type ShallowRef } from 'vue';
import type { Contest } from '../../shared/api-types';
import { formatDate, type DateStyle } from '../../shared/format';
import { language } from '../../shared/i18n';

const key: InjectionKey<ShallowRef<Contest | null>> = Symbol('contest');

/** The layout shows its pages only once the contest is there. */
export function provideContest(contest: ShallowRef<Contest | null>): void {
  provide(key, contest);
}

export function useContest() {
  const given = inject(key);
  const contest = computed(() => {
    if (!given?.value) throw new Error('The organiser pages stand inside the organiser layout.');
    return given.value;
  });
  return {
    contest,
    slug: computed(() => contest.value.slug),
    categoryName: (categoryKey: string) =>
      contest.value.categories.find((category) => category.key === categoryKey)?.name ?? categoryKey,
    /** An instant in the contest's own time zone. */
    when: (instant: string, style: DateStyle = 'dayTime') =>
      formatDate(instant, contest.value.timeZone, language.value, style),
  };
}

/** 11-22 10:24: for columns of dates, in the contest's time zone. */
export function compactDate(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
