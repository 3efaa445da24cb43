import { defineProblems } from '../../common/problem.js';

export const noticeProblem = defineProblems({
  'NOTICE.NONE': {
    status: 404,
    zh: '这个比赛还没有发布公示，请稍后再来。',
    en: 'This contest has published no notice yet. Come back later.',
  },
  'NOTICE.CONTACT_MISSING': {
    status: 409,
    zh: '公示上要写明向谁反映问题。请先填写受理人和电话，再发布。',
    en: 'A notice says whom to complain to. Enter a contact and a phone number first, then publish.',
  },
  'NOTICE.UNCHANGED': {
    status: 409,
    zh: '结果和上一版公示完全一样，不需要再发布。',
    en: 'The results are those of the last version: there is nothing new to publish.',
  },
  'NOTICE.REASON_NEEDED': {
    status: 422,
    zh: '新的一版公示要写明为什么改动，这句话会一起公布。',
    en: 'A new version says why it differs from the last one; the reason is published with it.',
  },
  'NOTICE.PERIOD_TOO_LONG': {
    status: 422,
    zh: '按填写的节假日，一年内凑不够 {days} 个工作日。请检查节假日设置。',
    en: 'With the days off as set, no {days} working days come together within a year. Check the calendar.',
  },
  'NOTICE.OBJECTION_PURGED': {
    status: 410,
    zh: '这条异议的内容已按期清除，不能再答复。请刷新页面。',
    en: 'What this objection said was purged when its time was over, so it can no longer be answered. Reload the page.',
  },
  'NOTICE.OBJECTION_NOT_FOUND': {
    status: 404,
    zh: '没有找到这条异议。链接可能不完整，请核对后再打开。',
    en: 'There is no such objection. The link may be incomplete: check it and open it again.',
  },
  'NOTICE.CLOSED': {
    status: 409,
    zh: '公示期已经结束，不再受理网上异议。请按公示上的电话联系主办方。',
    en: 'The notice period is over, and objections are no longer taken here. Call the organiser at the number on the notice.',
  },
  'NOTICE.TICKET_STALE': {
    status: 409,
    zh: '这个页面打开得太久，或已经提交过一次。您写的内容还在，请再点一次提交。',
    en: 'This form was open too long, or was sent already. Your words are still there: send it again.',
  },
  'NOTICE.TOO_FAST': {
    status: 429,
    zh: '提交得太快了，请 {seconds} 秒后再点一次。',
    en: 'That was too quick. Wait {seconds} seconds and send it again.',
  },
  'NOTICE.TOO_MANY_OBJECTIONS': {
    status: 429,
    zh: '今天从这个网络提交的异议太多，请明天再试，或按公示上的电话联系主办方。',
    en: 'Too many objections came from this network today. Try tomorrow, or call the number on the notice.',
  },
  'NOTICE.UNKNOWN_WORK': {
    status: 422,
    zh: '公示里没有编号“{number}”的作品，请核对编号，或留空。',
    en: 'No work of number “{number}” is on the notice. Check the number, or leave it out.',
  },
  'NOTICE.FILES_TOO_LARGE': {
    status: 413,
    zh: '最多附 {files} 个文件，每个不超过 {megabytes} MB。请减少或压缩后再提交。',
    en: 'At most {files} files of {megabytes} MB each. Send fewer or smaller ones.',
  },
  'NOTICE.FILE_TYPE': {
    status: 415,
    zh: '“{name}”不是图片或 PDF。请换成图片（JPG、PNG 等）或 PDF 后再提交。',
    en: '“{name}” is neither a picture nor a PDF. Attach pictures (JPG, PNG …) or PDFs.',
  },
  'PAYMENT.NOTICE_MISSING': {
    status: 409,
    zh: '还没有发布公示。公示期满、没有未处理的异议后，才能收集领奖信息和发放奖金。',
    en: 'No notice was published. Prizes are paid once its period is over and every objection is answered.',
  },
  'PAYMENT.NOTICE_OUTDATED': {
    status: 409,
    zh: '结果在公示之后有变动。请先发布新一版公示，期满后再发放。',
    en: 'The results changed after the notice. Publish a new version first; prizes are paid when its period is over.',
  },
  'PAYMENT.NOTICE_OPEN': {
    status: 409,
    zh: '公示期还没有结束（最后一天是 {day}），期满后才能继续。',
    en: 'The notice period is not over (its last day is {day}). Go on after that.',
  },
  'PAYMENT.OBJECTIONS_OPEN': {
    status: 409,
    zh: '还有 {count} 条异议没有答复。全部答复后才能继续。',
    en: '{count} objections have no answer yet. Answer them all first.',
  },
});
