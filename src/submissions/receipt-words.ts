import type { Language } from '../common/problem.js';
import type { SubmissionStatus } from './submission.entity.js';

export interface Standing {
  status: SubmissionStatus;
  inJudging: boolean;
  decided: boolean;
}

type Station = Exclude<SubmissionStatus, 'accepted'> | 'passed' | 'judging' | 'decided';

/** What a receipt says of a work, and what happens next. Never why: a receipt is shown around. */
const words: Record<Station, Record<Language, [standing: string, next: string]>> = {
  draft: {
    zh: ['尚未完整', '作者改动后还缺内容，补全并再次提交后才算数。'],
    en: ['Not complete', 'Something is missing since it was last changed; complete it and submit it again.'],
  },
  submitted: {
    zh: ['已收到，等待初审', '主办方会逐件核对，初审通过后进入评审。'],
    en: [
      'Received, awaiting screening',
      'The organiser looks at every work; those that pass go on to judging.',
    ],
  },
  returned: {
    zh: ['需要补充', '请投稿人登录查看说明，修改后重新提交。'],
    en: ['To be mended', 'Whoever sent it should sign in, see what is to be mended, and submit it again.'],
  },
  rejected: {
    zh: ['未通过初审', '不进入评审。投稿人登录后可以看到说明。'],
    en: ['Not admitted', 'It does not go on to judging. Whoever sent it finds the reason after signing in.'],
  },
  withdrawn: {
    zh: ['已撤回', '这件作品已由投稿人撤回，不参加评审。'],
    en: ['Withdrawn', 'Whoever sent it has withdrawn it; it is not judged.'],
  },
  disqualified: {
    zh: ['已取消资格', '不参加评奖。投稿人如有疑问，请联系主办方。'],
    en: ['Disqualified', 'It takes part no longer. Whoever sent it may ask the organiser.'],
  },
  passed: {
    zh: ['初审已通过', '截稿后由评委匿名评审。'],
    en: ['Passed screening', 'After the closing date it is judged without names.'],
  },
  judging: {
    zh: ['评审中', '评委正在匿名评审，结果以主办方公布为准。'],
    en: ['Being judged', 'Judges score it without names; the organiser will publish the result.'],
  },
  decided: {
    zh: ['评审已结束', '结果以主办方公布为准。'],
    en: ['Judging is over', 'See the result that the organiser publishes.'],
  },
};

export function standingWords(
  { status, inJudging, decided }: Standing,
  language: Language,
): { words: string; next: string } {
  const [said, next] = words[stationOf({ status, inJudging, decided })][language];
  return { words: said, next };
}

function stationOf({ status, inJudging, decided }: Standing): Station {
  if (status !== 'accepted') return status;
  if (decided) return 'decided';
  return inJudging ? 'judging' : 'passed';
}
