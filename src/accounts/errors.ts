import { defineProblems } from '../common/problem.js';

export const accountProblem = defineProblems({
  'ACCOUNT.SIGN_IN_REQUIRED': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'ACCOUNT.WRONG_PASSWORD': {
    status: 401,
    zh: '账号或密码不对。请检查后重试；忘记密码可请主办方发送重置链接。',
    en: 'Wrong account or password. Check them and try again, or ask the organiser for a reset link.',
  },
  'ACCOUNT.TOO_MANY_TRIES': {
    status: 429,
    zh: '尝试次数太多，请 {seconds} 秒后再试。',
    en: 'Too many tries. Wait {seconds} seconds.',
  },
  'ACCOUNT.PHONE_TAKEN': {
    status: 409,
    zh: '这个手机号已经注册，请直接登录；如果不是您本人注册的，请联系主办方。',
    en: 'This phone number has an account: sign in. If it was not you, tell the organiser.',
  },
  'ACCOUNT.PASSWORD_CHANGE_REQUIRED': {
    status: 403,
    zh: '这是一次性密码，请先修改密码（PUT /api/account/password）。',
    en: 'This is a one-time password: change it first (PUT /api/account/password).',
  },
  'ACCOUNT.FORBIDDEN': {
    status: 403,
    zh: '您的账号没有权限做这件事。如需要，请联系主办方。',
    en: 'Your account may not do this. Ask the organiser if you should.',
  },
  'ACCOUNT.NOT_OF_CONTEST': {
    status: 404,
    zh: '本比赛没有这个人。只有投过稿或被邀请的人才在名单中。',
    en: 'Nobody of this contest. Its people are those who sent works or were invited.',
  },
  'ACCOUNT.LINK_INVALID': {
    status: 404,
    zh: '这个链接已经用过、已过期或不完整。请向主办方再要一个。',
    en: 'This link was used, has expired or is incomplete. Ask the organiser for a new one.',
  },
  'ACCOUNT.CODE_REQUIRED': {
    status: 422,
    zh: '请先获取短信验证码，再填写收到的 6 位数字。',
    en: 'Have a code sent to your phone, and enter its six digits.',
  },
  'ACCOUNT.NO_CODES': {
    status: 409,
    zh: '本站没有开通短信验证码。忘记密码请联系主办方。',
    en: 'This site sends no codes. If you forgot your password, ask the organiser.',
  },
  'ACCOUNT.TOO_MANY_SIGN_UPS': {
    status: 429,
    zh: '这个网络上注册太频繁，请 {seconds} 秒后再试。',
    en: 'Too many accounts were made from this network. Wait {seconds} seconds.',
  },
  'ACCOUNT.EMAIL_LINK_INVALID': {
    status: 404,
    zh: '这个确认链接已经用过、已过期或不完整。请在“账户”中重新发送。',
    en: 'This link was used, has expired or is incomplete. Send a new one from “Account”.',
  },
  'ACCOUNT.EMAIL_TAKEN': {
    status: 409,
    zh: '这个邮箱已用于另一个账户。请换一个邮箱，或用那个账户登录。',
    en: 'This address belongs to another account. Use another address, or sign in with that account.',
  },
  'ACCOUNT.EMAIL_IS_LOGIN': {
    status: 409,
    zh: '您用这个邮箱登录，不能删除。可以换成另一个邮箱。',
    en: 'You sign in with this address, so it cannot be removed. You may give another one.',
  },
  'ACCOUNT.TOO_MANY_MAILS': {
    status: 429,
    zh: '今天发送的确认邮件太多，请明天再试，并检查垃圾邮件箱。',
    en: 'Too many confirmations were sent today. Look into the spam folder, or try again tomorrow.',
  },
  'ACCOUNT.LOGIN_IN_USE': {
    status: 409,
    zh: '该账号已有密码，不能由此重新设定；请让本人登录，或发送重置链接。',
    en: 'That account has a password already; let its owner sign in, or send a reset link.',
  },
});
