import { defineMessages } from '../messages/words.js';

/** What people are told of their accounts. */
export const accountMessages = defineMessages({
  'ACCOUNT.CONFIRM_EMAIL': {
    title: { zh: '请确认您的邮箱', en: 'Please confirm your e-mail address' },
    text: {
      zh: '有人在本站的账户中填写了这个邮箱。如果是您本人，请在 {hours} 小时内打开下面的页面并确认；确认后，作品的通知也会发到这里。\n如果不是您，请忽略这封邮件，不会再收到任何通知。',
      en: 'This address was given for an account on our site. If it was you, open the page below within {hours} hours and confirm; news of your works will then be sent here too.\nIf it was not you, ignore this e-mail: nothing else will be sent.',
    },
  },
});
