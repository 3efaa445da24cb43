import { defineProblems } from '../common/problem.js';

export const resultProblem = defineProblems({
  'RESULT.NOT_FOUND': { status: 404, zh: '没有找到这份结果。', en: 'There is no such result.' },
  'RESULT.ROUND_NOT_CLOSED': {
    status: 409,
    zh: '这个类别的评审还没有结束，请先结束评审轮次再定奖。',
    en: 'Judging of this category is not closed. Close its round before deciding prizes.',
  },
  'RESULT.ONE_WORK': {
    status: 409,
    zh: '{judge}只评了一件作品，标准分算不出来。请补评后再试，或在下一轮改用别的方法。',
    en: '{judge} marked a single work: no standard score can be made. Have more marked, or take another method in a further round.',
  },
  'RESULT.OF_OLD': {
    status: 409,
    zh: '这份结果是用程序的旧版本锁定的：获奖名单有效，但算式不能再显示，也不能由它产生新版本。',
    en: 'This result was locked by an earlier version of the program: its winners stand, but its sums can’t be shown, nor a new version made of it.',
  },
  'RESULT.OVERRIDE_OVER_QUOTA': {
    status: 422,
    zh: '手工安排的作品和空缺超过了这个奖项的名额，请先减少。',
    en: 'More works are placed in a tier, or places declared vacant, than it has. Take some back first.',
  },
  'RESULT.OVERRIDE_IMPOSSIBLE': {
    status: 422,
    zh: '有一项手工调整用不上：作品不在这一轮、已退出，被调整了两次，或奖项不在这个类别。请删去后再试。',
    en: 'An override can’t be applied: the work isn’t in the round, is out of it, or is named twice, or the tier is of another category. Remove it and try again.',
  },
  'RESULT.SECOND_PERSON': {
    status: 409,
    zh: '本比赛要求两个人：试算或提出新版本的人不能自己锁定。请另一位主办方核对后锁定。',
    en: 'This contest asks for two people: whoever made a run cannot lock it. Have another organiser check and lock it.',
  },
  'RESULT.NOT_IN_FORCE': {
    status: 409,
    zh: '只能从现行的结果产生新版本。请打开现行的结果再操作。',
    en: 'A new version can only be made of the result in force. Open that one and try again.',
  },
  'RESULT.WORK_UNKNOWN': {
    status: 422,
    zh: '这件作品不在这份结果里，或已经退出。',
    en: 'This work is not in the result, or is out of it already.',
  },
  'RESULT.RULES_FROZEN': {
    status: 409,
    zh: '这个类别的评审已经开始，定奖规则不能再改。',
    en: 'Judging of this category has begun: the rules for its prizes are frozen.',
  },
  'RESULT.TIER_UNKNOWN': {
    status: 422,
    zh: '没有这个奖项，请刷新后再试。',
    en: 'There is no such tier. Reload and try again.',
  },
  'RESULT.NOT_ONE_TIE': {
    status: 422,
    zh: '只能在分数和前面各步都相同的作品之间裁定，而且要把并列的全部排出先后：{works}。',
    en: 'Only works that the score and all earlier steps leave equal can be decided between, and all of them have to be put in order: {works}.',
  },
  'RESULT.NO_CHAIR': {
    status: 409,
    zh: '本轮的同分规则里没有评委会主席裁定这一步。',
    en: 'The round’s rules have no decision of the jury’s chair between equal scores.',
  },
  'RESULT.JUDGE_UNKNOWN': {
    status: 422,
    zh: '这一轮没有这位评委。',
    en: 'There is no such judge in the round.',
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
  'RESULT.NO_STATISTICS': {
    status: 409,
    zh: '这一轮没有分数可统计：只有打分的轮次、每件作品至少两位评委、并有富余的评分时，才能算评委统计。',
    en: 'There is nothing to work out: statistics need a round of marks, two judges or more for each work, and marks to spare.',
  },
  'RESULT.STATISTICS_TOO_LARGE': {
    status: 409,
    zh: '这一轮约有 {sheets} 份评分，统计最多算 {most} 份。请在决赛等较小的轮次看统计。',
    en: 'This round has some {sheets} sheets; statistics are made of {most} at most. Look at them in a smaller round, such as the final.',
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
