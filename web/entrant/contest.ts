import { computed, ref, shallowRef } from 'vue';
import { api, asProblem, type ApiProblem } from '../shared/api';
import type { Category, Contest, ContestSummary, Page } from '../shared/api-types';
import { setServerNow } from '../shared/clock';

/** The contest as last told, by slug: a page opened after another shows it at once and refreshes behind. */
const known = new Map<string, Contest>();

/**
 * The contest of a page. Without a slug: the site's first contest, the one that a bare address means.
 * `contest` stays null with `none` set when the site has no contest at all.
 */
export function useContest(slug: string | undefined) {
  const contest = shallowRef<Contest | null>(slug ? (known.get(slug) ?? null) : null);
  const problem = shallowRef<ApiProblem | null>(null);
  const none = ref(false);

  async function load(): Promise<Contest | null> {
    problem.value = null;
    try {
      const wanted = slug ?? (await firstSlug());
      if (!wanted) {
        none.value = true;
        return null;
      }
      const answer = await api.get<Contest>(`/contests/${encodeURIComponent(wanted)}`);
      setServerNow(answer.now);
      known.set(answer.slug, answer);
      contest.value = answer;
    } catch (error) {
      problem.value = asProblem(error);
    }
    return contest.value;
  }

  return {
    contest,
    problem,
    none,
    load,
    takesWorks: computed(() => contest.value?.phase === 'open'),
  };
}

async function firstSlug(): Promise<string | null> {
  const { items } = await api.get<Pick<Page<ContestSummary>, 'items'>>('/contests');
  const first = items.find((item) => item.phase === 'open') ?? items[0];
  return first?.slug ?? null;
}

export function categoryOf(contest: Contest | null, key: string): Category | null {
  return contest?.categories.find((category) => category.key === key) ?? null;
}
