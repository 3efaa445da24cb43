import { defineMessages } from '../messages/words.js';

/** What entrants are told when a new version of a locked result changes what their work has. */
export const resultMessages = defineMessages({
  'RESULT.DISQUALIFIED': {
    title: { zh: '《{title}》被取消参赛资格', en: '“{title}” was disqualified' },
    text: {
      zh: '您的作品《{title}》（编号 {number}）被取消参赛资格，不再参加评奖。原来的奖项：{from}。\n理由：{reason}\n{objecting}',
      en: 'Your work “{title}” (number {number}) was disqualified and can win nothing any more. It had: {from}.\nReason: {reason}\n{objecting}',
    },
  },
  'RESULT.PRIZE_LESS': {
    title: { zh: '《{title}》的奖项改为：{to}', en: 'The prize of “{title}” is now: {to}' },
    text: {
      zh: '结果有了新版本：您的作品《{title}》（编号 {number}）原为{from}，现为{to}。\n理由：{reason}\n{objecting}',
      en: 'The result has a new version: your work “{title}” (number {number}) had {from}, and now has {to}.\nReason: {reason}\n{objecting}',
    },
  },
  'RESULT.PRIZE_MORE': {
    title: { zh: '《{title}》{by}{to}', en: '“{title}” now has {to}' },
    text: {
      zh: '结果有了新版本：您的作品《{title}》（编号 {number}）原为{from}，现{by}{to}。新名单还要公示，公示期间仍可能变化；期满后主办方会联系作者领奖。',
      en: 'The result has a new version: your work “{title}” (number {number}) {by} from {from} to {to}. The new list is still to stand for objections; after that the organiser will be in touch about the prize.',
    },
  },
});
