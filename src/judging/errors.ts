import { defineProblems } from '../common/problem.js';

export const judgingProblem = defineProblems({
  'ROUND.NOT_FOUND': {
    status: 404,
    zh: '没有找到这个评审轮次，或者您不在其中。',
    en: 'There is no such round, or you are not on its panel.',
  },
  'ROUND.NOT_DRAFT': {
    status: 409,
    zh: '这一轮已经开始，设置不能再改。',
    en: 'The round has begun: its settings are frozen.',
  },
  'ROUND.NOT_OPEN': { status: 409, zh: '这一轮现在没有开放。', en: 'The round is not open.' },
  'ROUND.CLOSED': {
    status: 409,
    zh: '这一轮评审已结束，分数没有计入。',
    en: 'The round is closed: this mark was not counted.',
  },
  'ROUND.NO_WORKS': {
    status: 409,
    zh: '这个类别还没有通过初审的作品，请先完成初审。',
    en: 'No work of this category has been accepted yet. Screen some first.',
  },
  'ROUND.FILES_PENDING': {
    status: 409,
    zh: '还有 {count} 件作品的文件没有处理好，请稍候再开始。',
    en: 'The files of {count} works are not ready yet. Wait a moment before opening.',
  },
  'ROUND.ALREADY_OPEN': {
    status: 409,
    zh: '这个类别已有进行中的评审轮次，请先结束它。',
    en: 'A round of this category is open already. Close it first.',
  },
  'ROUND.DECIDED': {
    status: 409,
    zh: '这个类别的结果已经锁定，不能再开新的评审轮次。',
    en: 'The result of this category is locked: no further round can open.',
  },
  'ROUND.MARKS_MISSING': {
    status: 409,
    zh: '还有 {count} 份评分没有提交。如确要结束，请写明原因，原因会记入评审记录。',
    en: '{count} sheets are missing. To close all the same, give a reason; it goes into the record.',
  },
  'ROUND.JUDGE_UNKNOWN': {
    status: 422,
    zh: '所选的人不是本比赛的评委，请先邀请。',
    en: 'Somebody chosen is not a judge of this contest. Invite them first.',
  },
  'JUDGE.CONFLICT': {
    status: 409,
    zh: '{name} 是本类别的作者或投稿人，不能担任评委。请更换评委。',
    en: '{name} is author or sender of a work in this category and cannot judge it. Choose somebody else.',
  },
  'JUDGE.IS_ORGANISER': {
    status: 409,
    zh: '{name} 是本比赛的主办方，不能同时担任评委。',
    en: '{name} is an organiser of this contest and cannot be its judge too.',
  },
  'TASK.NOT_FOUND': {
    status: 404,
    zh: '没有找到这项评审任务，或者它不是您的。',
    en: 'There is no such task, or it is not yours.',
  },
  'TASK.RECUSED': {
    status: 409,
    zh: '您已回避这件作品，不能再评分。',
    en: 'You have stepped back from this work and cannot mark it.',
  },
  'SHEET.STALE': {
    status: 412,
    zh: '这张评分表在别处已有更新的版本，请核对两边的分数后再保存。',
    en: 'A newer version of this sheet was saved elsewhere. Compare the two before saving.',
  },
  'SHEET.INVALID': {
    status: 422,
    zh: '有分数不在允许的范围内，请修改后再保存。',
    en: 'A mark is outside what is allowed. Correct it and save again.',
  },
});
