import { defineMessages } from '../messages/words.js';

/** What judges are told. */
export const judgingMessages = defineMessages({
  'JUDGING.REMINDER': {
    title: { zh: '“{round}”还有 {count} 项待评', en: '“{round}”: {count} still to judge' },
    text: {
      zh: '您在“{round}”还有 {count} 项没有评完，主办方请您尽快完成。已评的分数都已保存，打开评审室可以接着评。',
      en: 'In “{round}” {count} are still to be judged, and the organiser asks you to finish them. All your marks are saved: open the judging room and go on.',
    },
  },
  'JUDGING.DEADLINE': {
    title: {
      zh: '“{round}”请在 {until} 前评完，还有 {count} 项',
      en: '“{round}” ends {until}: {count} still to judge',
    },
    text: {
      zh: '“{round}”的截止时间是 {until}，您还有 {count} 项没有评完。已评的分数都已保存，打开评审室可以接着评。',
      en: 'The deadline of “{round}” is {until}, and {count} are still to be judged. All your marks are saved: open the judging room and go on.',
    },
  },
});
