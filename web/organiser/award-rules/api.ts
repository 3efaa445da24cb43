import { api } from '../../shared/api';
import type { AwardRules, AwardRulesChange } from './rules-draft';

const path = (slug: string) => `/contests/${slug}/award-rules`;

/** How a contest gives its prizes. Each throws `ApiProblem`. */
export const awardRulesApi = {
  show: (slug: string) => api.get<AwardRules>(path(slug)),
  set: (slug: string, change: AwardRulesChange) => api.patch<AwardRules>(path(slug), change),
};
