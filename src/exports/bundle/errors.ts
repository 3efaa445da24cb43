import { defineProblems } from '../../common/problem.js';

export const bundleProblem = defineProblems({
  'BUNDLE.ROUND_OPEN': {
    status: 409,
    zh: '还有评审轮次没有结束，复核包里会有不能提前看的分数。请在全部轮次结束后再下载。',
    en: 'A round is still running, and the bundle would show marks that nobody may see yet. Download it once all rounds are closed.',
  },
  'BUNDLE.NOTHING_LOCKED': {
    status: 409,
    zh: '还没有锁定的结果可供复核。请先锁定结果。',
    en: 'No result is locked yet, so there is nothing to check. Lock a result first.',
  },
});
