import { defineMessages } from '../../messages/words.js';

/** What organisers are told of their notice. */
export const noticeMessages = defineMessages({
  'NOTICE.OBJECTION': {
    title: {
      zh: '“{contest}”的公示收到第 {number} 条异议',
      en: 'Objection {number} to the notice of “{contest}”',
    },
    text: {
      zh: '“{contest}”的公示收到一条异议，请在“公示”中查看并答复。全部异议答复之前，不能收集领奖信息和发放奖金。',
      en: 'Somebody objects to the notice of “{contest}”. Read and answer it under “Notice”. Until every objection is answered, no prize can be paid.',
    },
  },
});
