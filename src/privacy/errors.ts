import { defineProblems } from '../common/problem.js';

export const privacyProblem = defineProblems({
  'PRIVACY.LAST_ADMIN': {
    status: 409,
    zh: '您是本站唯一的管理员，注销后将无人管理。请先设立另一位管理员，再注销。',
    en: 'You are the only administrator of this site. Have another one set up first, then delete your account.',
  },
  'PRIVACY.ORGANISES_OPEN_ROUND': {
    status: 409,
    zh: '您是“{contest}”的主办方，其评审轮次“{round}”还在进行。请先结束该轮评审，再注销。',
    en: 'You organise “{contest}”, and its round “{round}” is open. Close that round first, then delete your account.',
  },
  'PRIVACY.JUDGES_OPEN_ROUND': {
    status: 409,
    zh: '您是“{contest}”评审轮次“{round}”的评委，该轮还在进行。请先完成评分并等主办方结束该轮，再注销。',
    en: 'You are a judge of round “{round}” of “{contest}”, which is open. Finish your marks and wait until the organiser closes the round, then delete your account.',
  },
  'PRIVACY.EXPORT_UNDER_WAY': {
    status: 409,
    zh: '您的数据正在下载中。请等它完成；如果中断了，请一分钟后再试。',
    en: 'Your data is being downloaded already. Wait until that ends; if it broke off, try again in a minute.',
  },
  'PRIVACY.TOO_MANY_EXPORTS': {
    status: 429,
    zh: '一天内最多下载 {limit} 次，请 {hours} 小时后再试。',
    en: 'Your data can be downloaded {limit} times a day. Try again in {hours} hours.',
  },
});
