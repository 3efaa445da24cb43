import { defineProblems } from '../common/problem.js';

export const winnerProblem = defineProblems({
  'PAYEE.NOT_FOUND': {
    status: 404,
    zh: '这件作品在锁定的结果中没有奖项，或者还没有领奖信息。请刷新页面后再试。',
    en: 'This work has no prize by a locked result, or nothing was filled in yet. Reload the page and try again.',
  },
  'PAYEE.LINK_INVALID': {
    status: 404,
    zh: '这个领奖链接已经用过、已过期或已被收回。请向主办方要一个新的链接。',
    en: 'This link was used, has expired or was taken back. Ask the organiser for a new one.',
  },
  'PAYEE.NO_SUCH_PHOTO': {
    status: 404,
    zh: '这件作品没有这张照片，请刷新页面后再选。',
    en: 'The work has no such photo. Reload the page and choose again.',
  },
  'PAYEE.ID_WRONG': {
    status: 422,
    zh: '身份证号码不对，请对照证件检查。',
    en: 'The identity number is not right. Compare it with the card.',
  },
  'PAYEE.ACCOUNT_DOUBTFUL': {
    status: 409,
    zh: '这个卡号没有通过校验，可能有一位写错了。请对照银行卡检查；确认无误的话，勾选“卡号无误”后再提交。',
    en: 'This card number does not pass its check: a digit may be wrong. Compare it with the card; if it is right, say so and send it again.',
  },
  'PAYEE.PURGED': {
    status: 410,
    zh: '这位获奖者的领奖信息已按期清除，不能再查看。如仍需要，请重新发送领奖链接。',
    en: 'What this winner told was purged when its time was over. Send a new link if it is needed again.',
  },
  'PAYEE.KEY_LOST': {
    status: 409,
    zh: '解密用的密钥（DATA_KEY）与写入时不同，看不到这些信息。请管理员把旧密钥填入 DATA_KEY_PREVIOUS 后重启。',
    en: 'DATA_KEY is not the key that this was sealed with. The administrator puts the old one into DATA_KEY_PREVIOUS and restarts.',
  },
  'PAYMENT.TAX_UNSET': {
    status: 409,
    zh: '请先为每个奖项选择扣税方式：{tiers} 还没有选。',
    en: 'Choose how each prize is taxed first; not chosen yet: {tiers}.',
  },
  'PAYMENT.TIER_UNKNOWN': {
    status: 422,
    zh: '有的奖项不属于这个比赛，请刷新页面后再选。',
    en: 'One of the prizes is not of this contest. Reload the page and choose again.',
  },
});
