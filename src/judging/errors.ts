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
  'ROUND.SETTINGS': {
    status: 422,
    zh: '这一轮的设置还不完整，请按提示补充。',
    en: 'The settings of the round are not complete. Fill in what is named.',
  },
  'ROUND.FROZEN': {
    status: 409,
    zh: '这一轮已经开始：只能改截止时间和评审说明。换人、增减作品请用“调整评委”。',
    en: 'The round has begun: only its deadline and instructions can be changed. For people and works use “Change the panel”.',
  },
  'ROUND.PAUSED': {
    status: 409,
    zh: '主办方暂停了这一轮评审，恢复后可以继续评分。您填的分数还在本页。',
    en: 'The organiser has paused this round. You can go on when it is resumed; what you entered is still on this page.',
  },
  'ROUND.SOURCE_OPEN': {
    status: 409,
    zh: '所选的上一轮还没有选出入围作品，请先结束它并选出作品。',
    en: 'A round whose works this one takes has not selected any yet. Close it and select first.',
  },
  'ROUND.SOURCE_UNKNOWN': {
    status: 422,
    zh: '所选的上一轮不在这个类别里。',
    en: 'A round whose works this one shall take is not of this category.',
  },
  'ROUND.TOO_FEW_JUDGES': {
    status: 409,
    zh: '有 {count} 件作品因回避找不到足够的评委，例如 {number} 只有 {eligible} 位评委可评。请增加评委，或减少每件作品的评委数。',
    en: 'For {count} works there are not enough judges without a conflict: {number}, for one, has {eligible}. Add a judge, or have fewer judges for each work.',
  },
  'ROUND.NOT_CONNECTED': {
    status: 409,
    zh: '这样分配，有的评委之间没有共同评的作品，分数无法比较。请增加每件作品的评委数，或减少回避。',
    en: 'Some judges would share no work with the others, and their marks could not be compared. Have more judges for each work, or fewer conflicts.',
  },
  'ROUND.LAST_JUDGE': {
    status: 409,
    zh: '这是这一轮最后一位评委，请先增加或更换评委。',
    en: 'This is the last judge of the round. Add or replace one first.',
  },
  'ROUND.JUDGE_THERE': {
    status: 409,
    zh: '{name} 已经是这一轮的评委。',
    en: '{name} is on the panel of this round already.',
  },
  'ROUND.JUDGE_NOT_THERE': {
    status: 404,
    zh: '这位评委不在这一轮，或已经退出。',
    en: 'This judge is not on the panel of the round, or has left it.',
  },
  'ROUND.WORK_THERE': {
    status: 409,
    zh: '这件作品已经在这一轮里。',
    en: 'This work is in the round already.',
  },
  'ROUND.WORK_NOT_THERE': {
    status: 404,
    zh: '这件作品不在这一轮里。',
    en: 'This work is not in the round.',
  },
  'ROUND.WORK_NOT_ACCEPTED': {
    status: 409,
    zh: '只有通过初审、文件已处理好的作品才能加入评审。',
    en: 'Only a work that is accepted, and whose files are ready, can enter a round.',
  },
  'ROUND.LAST_WORK': {
    status: 409,
    zh: '这是这一轮最后一件作品，不能再撤出。要停止评审请结束这一轮。',
    en: 'This is the last work of the round. To stop the judging, close the round.',
  },
  'ROUND.MARKS_HIDDEN': {
    status: 403,
    zh: '这一轮结束前看不到分数：它开始时的设置如此。要让以后的轮次可以看，请在“评审”页面更改。',
    en: 'No marks are seen before this round is closed: it was opened so. For later rounds change that on the page “Judging”.',
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
  'UNIT.PERSON_UNKNOWN': {
    status: 422,
    zh: '所选的人里有的不是本比赛的评委或作者，请刷新后重选。',
    en: 'Somebody chosen is neither judge nor author in this contest. Reload and choose again.',
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
  'CONFLICT.NOT_FOUND': {
    status: 404,
    zh: '没有找到这条回避设置。',
    en: 'There is no such conflict.',
  },
  'CONFLICT.TARGET_UNKNOWN': {
    status: 422,
    zh: '没有找到要回避的作品、作者或社区。',
    en: 'There is no such work, author or community in this contest.',
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
  'TASK.RELEASED': {
    status: 409,
    zh: '主办方调整了评委或作品，这件作品不再由您评审，分数没有计入。',
    en: 'The organiser changed the panel or the works: this one is no longer yours to judge, and the mark was not counted.',
  },
  'SHEET.NO_TOKENS_LEFT': {
    status: 409,
    zh: '您的 {tokens} 票已经投完。要投这件，请先从别的作品收回一票。',
    en: 'All of your {tokens} tokens are laid. To lay one here, take one back elsewhere first.',
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
