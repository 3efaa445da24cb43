/** Words of rounds of pass or fail, and of tokens. */
export const words = {
  zh: {
    passed: '通过',
    failed: '不通过',
    laid: '已投',
    notLaid: '未投',
    undecided: '未定',
    pass: '通过',
    fail: '不通过',
    lay: '投出一票',
    takeBack: '收回这一票',
    tokensLeft: '还有 {left} 票，共 {n} 票',
    tokensShort: '剩 {left} 票',
    tokensDone: '{n} 票已全部投出。要改投，请先从别的作品收回一票。',
    noTokensLeft: '{n} 票已经投完。先从别的作品收回一票，再投这一件。',
    progressTokens: '已投 {done} 票，共 {total} 票',
    doneTitle: '全部投完',
    doneTokens: '{n} 票都已交到主办方。本轮关闭之前，您仍可以收回再投；没有投票的作品不用填写。',
    donePass:
      '{n} 件作品的通过与否都已交到主办方。本轮关闭之前，您仍可以回来修改；关闭之后由主办方按事先定好的人数和比例汇总。',
  },
  en: {
    passed: 'Passed',
    failed: 'Not passed',
    laid: 'Voted',
    notLaid: 'No vote',
    undecided: 'Undecided',
    pass: 'Pass',
    fail: 'Do not pass',
    lay: 'Vote for it',
    takeBack: 'Take the vote back',
    tokensLeft: '{left} of {n} votes left',
    tokensShort: '{left} left',
    tokensDone: 'All {n} votes are given. To give one elsewhere, take one back first.',
    noTokensLeft: 'All {n} votes are given. Take one back from another work before giving one here.',
    progressTokens: '{done} of {total} votes given',
    doneTitle: 'All votes given',
    doneTokens:
      'The organiser has your {n} votes. You may take them back and give them elsewhere until the round closes; works without a vote need nothing.',
    donePass:
      'The organiser has your decision on {n} works. You may come back and change it until the round closes; then decisions are counted by the quorum and share that were set before.',
  },
};
