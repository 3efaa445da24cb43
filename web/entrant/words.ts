/** Words of the frame around an entrant's pages. */
export const words = {
  zh: {
    back: '返回',
    brand: '定格',
    contest: '比赛',
    mine: '我的作品',
    messages: '消息',
    account: '账户',
    signIn: '登录',
    privacy: '个人信息说明',
  },
  en: {
    back: 'Back',
    brand: 'Dingge',
    contest: 'Contest',
    mine: 'My works',
    messages: 'Messages',
    account: 'Account',
    signIn: 'Sign in',
    privacy: 'Personal data',
  },
};
