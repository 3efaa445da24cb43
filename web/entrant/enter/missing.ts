import { computed, type Ref } from 'vue';
import type { Category, Contest } from '../../shared/api-types';
import { useWords } from '../../shared/i18n';
import type { Draft } from './draft';
import { namesVideo, readDouyinText } from '../../../src/submissions/douyin-text';
import { douyinWords } from './douyin-words';
import { mobile } from '../phone';
import { isOther } from './draft-fields';
import { countProblem } from './file-rules';
import { words } from './words';

interface Form {
  contest: Ref<Contest | null>;
  category: Ref<Category | null>;
  draft: Pick<Draft, 'form'>;
  agreed: Ref<boolean>;
  /** Files there or on their way. */
  count: () => number;
}

/** What the three steps still lack, as the sentence to show beside each field. */
export function useMissing({ contest, category, draft: { form }, agreed, count }: Form) {
  const { t } = useWords(words);
  const { t: sayDouyin } = useWords(douyinWords);

  function filesMissing({ entry, limits }: Category): string | null {
    if (entry === 'link') return null;
    const problem = countProblem(count(), limits);
    if (!problem) return null;
    return problem.code === 'NONE'
      ? t('needFile')
      : t('seriesShort', { min: problem.min, missing: problem.missing });
  }

  const linkMissing = computed(
    () => category.value?.linkRequired === true && !namesVideo(readDouyinText(form.douyinText)),
  );
  const missing = computed(() => {
    if (!category.value || !contest.value) return { work: {}, author: {}, consent: undefined };
    const other = form.authorIs === 'other';
    const unnamed = isOther(contest.value, form.communityId) && !form.communityName.trim();
    return {
      work: definedOnly({
        files: filesMissing(category.value),
        douyin: linkMissing.value ? sayDouyin('need') : null,
        title: form.title.trim() ? null : t('needTitle'),
        community: form.communityId ? null : t('needCommunity'),
        communityName: unnamed ? t('needCommunityName') : null,
      }),
      author: definedOnly({
        authorName: other && !form.authorName.trim() ? t('needName') : null,
        authorPhone: other && !mobile(form.authorPhone) ? t('needPhone') : null,
        authorAgreed: other && !form.authorAgreed ? t('needAuthorAgreed') : null,
      }),
      consent: agreed.value ? undefined : t('needAgree'),
    };
  });

  /** The first step, up to the given one, that cannot be left yet. */
  function incompleteStep(upTo: number): number | undefined {
    const { work, author } = missing.value;
    return (
      [work, author].findIndex((fields, index) => index < upTo && Object.keys(fields).length > 0) + 1 ||
      undefined
    );
  }

  return { missing, incompleteStep };
}

function definedOnly(messages: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
