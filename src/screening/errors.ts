import { defineProblems } from '../common/problem.js';

export const screeningProblem = defineProblems({
  'SCREENING.NOT_PENDING': {
    status: 409,
    zh: '这件作品现在不能审核（草稿、已撤回或已进入评审）。请刷新列表。',
    en: 'This work cannot be screened now (a draft, withdrawn, or in judging). Reload the list.',
  },
  'SCREENING.REASON_REQUIRED': {
    status: 422,
    zh: '退回或不通过时请写明原因，作者会看到。',
    en: 'Say why when you return or reject a work; its author will read it.',
  },
  'SCREENING.UNTIL_INVALID': {
    status: 422,
    zh: '修改期限要晚于现在，最晚到截稿后 {days} 天（已截稿的，从今天算起）。请重新选择。',
    en: 'The date for repair must lie ahead, at most {days} days after the deadline (or after today). Choose another.',
  },
  'SCREENING.FILES_NOT_READY': {
    status: 409,
    zh: '文件还在处理或处理失败，暂时不能通过。',
    en: 'Its files are still being processed or have failed: it cannot be accepted yet.',
  },
  'SCREENING.PAIR_NOT_FOUND': {
    status: 404,
    zh: '找不到这一对作品，可能已不在比赛中。请刷新列表。',
    en: 'This pair of works was not found; it may have left the contest. Reload the list.',
  },
});
