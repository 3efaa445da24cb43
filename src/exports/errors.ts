import { defineProblems } from '../common/problem.js';

export const exportProblem = defineProblems({
  'EXPORT.NO_ROUND': {
    status: 409,
    zh: '没有这样的已结束轮次。评分表在一轮评审结束后才能打印，请先结束评审。',
    en: 'There is no such closed round. Sheets can be printed once a round is closed: close it first.',
  },
  'EXPORT.TOO_LONG': {
    status: 422,
    zh: '这份评分表有 {rows} 行，一次最多打印 {most} 行。请只选一轮或一位评委再打印。',
    en: 'These sheets have {rows} lines, and at most {most} are printed at once. Choose one round or one judge.',
  },
  'CERTIFICATE.NOT_FOUND': {
    status: 404,
    zh: '没有这个编号的证书。请对照证书核对编号，字母和数字都要一致；如仍查不到，请联系主办方。',
    en: 'There is no certificate of this number. Compare it with the paper, letters and digits; if it still is not found, ask the organiser.',
  },
});
