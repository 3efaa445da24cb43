import { defineMessages } from '../messages/words.js';

/** What entrants are told of their works. */
export const submissionMessages = defineMessages({
  'SUBMISSION.RECEIVED': {
    title: { zh: '已收到《{title}》，编号 {number}', en: '“{title}” has arrived: number {number}' },
    text: {
      zh: '您的作品《{title}》已投稿成功，编号 {number}，请留存。截稿前（{until} 前）可以修改或撤回；初审有结果会再通知您。',
      en: 'Your work “{title}” was entered under number {number}. You can change or withdraw it before the deadline ({until}); you will be told how screening went.',
    },
  },
  'SUBMISSION.RECEIVED_AGAIN': {
    title: { zh: '已收到修改后的《{title}》', en: '“{title}” has arrived again' },
    text: {
      zh: '修改后的《{title}》（编号 {number}）已重新提交，主办方会再次审核。',
      en: 'Your mended work “{title}” (number {number}) was submitted and will be screened again.',
    },
  },
  'SUBMISSION.RETURNED': {
    title: {
      zh: '《{title}》需要修改，请在 {until} 前完成',
      en: '“{title}” needs a change before {until}',
    },
    text: {
      zh: '主办方退回了《{title}》（编号 {number}）：{reason}\n请在 {until} 前修改并重新提交；过期不再受理。',
      en: 'The organiser returned “{title}” (number {number}): {reason}\nChange it and submit it again before {until}; later it cannot be taken.',
    },
  },
  'SUBMISSION.ACCEPTED': {
    title: { zh: '《{title}》已通过初审', en: '“{title}” passed screening' },
    text: {
      zh: '您的作品《{title}》（编号 {number}）已通过初审，将进入评审。截稿前如有修改，需要重新审核。',
      en: 'Your work “{title}” (number {number}) passed screening and goes on to judging. If you change it before the deadline it is screened anew.',
    },
  },
  'SUBMISSION.REJECTED': {
    title: { zh: '《{title}》未通过初审', en: '“{title}” was not admitted' },
    text: {
      zh: '很遗憾，《{title}》（编号 {number}）未通过初审：{reason}\n如有疑问，请联系主办方。',
      en: 'We are sorry: “{title}” (number {number}) was not admitted: {reason}\nAsk the organiser if you have questions.',
    },
  },
  'SUBMISSION.FILE_FAILED': {
    title: { zh: '《{title}》有文件不能用，请更换', en: 'A file of “{title}” cannot be used' },
    text: {
      zh: '《{title}》的文件“{file}”没有处理成功：{cause}\n请更换后再提交。',
      en: 'The file “{file}” of “{title}” could not be processed: {cause}\nReplace it, then submit.',
    },
  },
  'SUBMISSION.RETURNED_FILE': {
    title: {
      zh: '《{title}》有文件不能用，请在 {until} 前更换',
      en: 'A file of “{title}” cannot be used: replace it before {until}',
    },
    text: {
      zh: '《{title}》（编号 {number}）的文件“{file}”没有处理成功：{cause}\n请在 {until} 前更换文件并重新提交；过期不再受理。',
      en: 'The file “{file}” of “{title}” (number {number}) could not be processed: {cause}\nReplace it and submit again before {until}; later it cannot be taken.',
    },
  },
  'SUBMISSION.REPAIR_ENDING': {
    title: { zh: '提醒：《{title}》请在 {until} 前改好', en: 'Reminder: mend “{title}” before {until}' },
    text: {
      zh: '《{title}》（编号 {number}）退回后还没有重新提交。请在 {until} 前修改并提交；过期不再受理。',
      en: '“{title}” (number {number}) was returned and has not been submitted again. Mend and submit it before {until}; later it cannot be taken.',
    },
  },
});
export type SubmissionMessageKind = keyof typeof submissionMessages.kinds;
