import { defineProblems } from '../common/problem.js';

export const resultProblem = defineProblems({
  'RESULT.NOT_FOUND': { status: 404, zh: '没有找到这份结果。', en: 'There is no such result.' },
  'RESULT.ROUND_NOT_CLOSED': {
    status: 409,
    zh: '这个类别的评审还没有结束，请先结束评审轮次再定奖。',
    en: 'Judging of this category is not closed. Close its round before deciding prizes.',
  },
  'RESULT.ROUND_NOT_SCORED': {
    status: 409,
    zh: '这个类别最后一轮不是打分轮，不能按分数定奖。请再开一轮打分。',
    en: 'The last round of this category was not one of marks: prizes cannot be decided by it. Open a round of marks.',
  },
  'RESULT.THRESHOLD_FROZEN': {
    status: 409,
    zh: '这一轮开始时定下了 {percent}% 通过才算通过，现在不能换一个比例。如确要另选，请手工勾选并写明原因。',
    en: 'When the round opened, {percent}% was fixed as what passes a work, and another share can’t be taken now. To choose otherwise, choose by hand and give the reason.',
  },
  'RESULT.SELECTION_USED': {
    status: 409,
    zh: '下一轮已经按这次的入围名单开始，名单不能再改。',
    en: 'A round that takes these works has begun: the selection can no longer be changed.',
  },
  'RESULT.TOO_FEW_JUDGES': {
    status: 409,
    zh: '评委只有 {planned} 位，至少需要 {needed} 位才能产生结果。',
    en: 'There are only {planned} judges; a result needs at least {needed}.',
  },
  'RESULT.TOO_FEW_SHEETS': {
    status: 409,
    zh: '有 {count} 件作品的有效评分不足 {needed} 份，不能产生结果。请补评后再试。',
    en: '{count} works have fewer than {needed} complete sheets: no result can be made. Have them judged first.',
  },
  'RESULT.DISCONNECTED': {
    status: 409,
    zh: '部分作品之间没有共同的评委，分数无法比较（{groups} 组）。请补评后再试。',
    en: 'Some works share no judge with others ({groups} groups): their scores cannot be compared. Have them judged first.',
  },
  'RESULT.LOCKED_ALREADY': {
    status: 409,
    zh: '这个类别的结果已经锁定，不能再次锁定。',
    en: 'This category has a locked result already.',
  },
  'RESULT.OUTDATED': {
    status: 409,
    zh: '这次试算之后数据有变化，请重新试算，核对后再锁定。',
    en: 'Something changed since this dry run. Run it again, check it, then lock.',
  },
  'GALLERY.NOT_AWARDED': {
    status: 404,
    zh: '这件作品没有在锁定的结果中获奖，不能放进获奖作品展示。',
    en: 'This work has no prize by a locked result: it cannot be in the gallery.',
  },
  'GALLERY.OFF': {
    status: 409,
    zh: '获奖作品展示没有开启，请先开启。',
    en: 'The gallery is off. Switch it on first.',
  },
  'RESULT.NOT_LOCKED': {
    status: 409,
    zh: '还没有锁定的结果。请先在“结果”中试算并锁定，再导出。',
    en: 'No result is locked yet. Run and lock one under Results, then export.',
  },
});
