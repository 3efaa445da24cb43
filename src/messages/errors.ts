import { defineProblems } from '../common/problem.js';

export const codeProblem = defineProblems({
  'CODE.TOO_MANY': {
    status: 429,
    zh: '验证码发送太频繁，请 {seconds} 秒后再试。',
    en: 'Too many codes were asked for. Wait {seconds} seconds.',
  },
  'CODE.WRONG': {
    status: 422,
    zh: '验证码不对或已过期。请检查后重试，或重新获取。',
    en: 'The code is wrong or has expired. Check it, or ask for a new one.',
  },
});
