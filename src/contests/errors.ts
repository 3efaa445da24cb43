import { defineProblems } from '../common/problem.js';

export const contestProblem = defineProblems({
  'CONTEST.NOT_FOUND': {
    status: 404,
    zh: '没有这个比赛，请检查网址。',
    en: 'There is no such contest. Check the address.',
  },
  'CONTEST.CATEGORY_UNKNOWN': {
    status: 422,
    zh: '没有“{category}”这个类别，请从比赛的类别中选择。',
    en: 'There is no category “{category}”. Choose one of the contest’s.',
  },
});
