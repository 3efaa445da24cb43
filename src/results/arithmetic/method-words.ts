import type { Rounding } from '../../judging/scoring-rules.js';
import type { Adjustment } from './comparable.js';
import type { ChosenMethod } from './method.js';

/** A sentence in both languages. */
export interface Words {
  zh: string;
  en: string;
}

export interface MethodInWords extends ChosenMethod {
  planned: number;
  model: Adjustment['model'];
  rounding: { sheet: Rounding | null; score: Rounding | null };
}

/** What a round's method does, in words that a layman reads, and why it is this one. */
export function methodInWords(chosen: MethodInWords): { how: Words; why: Words } {
  const how = [howOf(chosen), adjusted(chosen), rounded(chosen)].filter((part) => part !== null);
  return {
    how: { zh: how.map(({ zh }) => zh).join(''), en: how.map(({ en }) => en).join(' ') },
    why: reasons[chosen.why],
  };
}

function howOf({ method, trim, planned }: MethodInWords): Words {
  switch (method) {
    case 'mean':
      return {
        zh: `每件作品由 ${planned} 位评委评分，取平均分。`,
        en: `${planned} judges mark each work; their totals are averaged.`,
      };
    case 'trimmed': {
      const { highest, lowest } = trim!;
      return {
        zh: `每件作品由 ${planned} 位评委评分，去掉 ${highest} 个最高分和 ${lowest} 个最低分，其余取平均。`,
        en: `${planned} judges mark each work; the ${highest} highest and the ${lowest} lowest totals are dropped, the rest averaged.`,
      };
    }
    case 'median':
      return {
        zh: `每件作品由 ${planned} 位评委评分，取排在正中间的分数。`,
        en: `${planned} judges mark each work; the total in the middle counts.`,
      };
    case 'sum':
      return {
        zh: `每件作品由 ${planned} 位评委评分，各评委的总分相加。`,
        en: `${planned} judges mark each work; their totals are added up.`,
      };
    case 'borda':
      return {
        zh: '每位评委的分数只用来排名次：一件作品胜过几件就得几分，名次并列的平分；各评委的得分相加。',
        en: 'A judge’s marks only say in which order he puts the works: a work gets a point for each one below it, equal ones share; the points of all judges are added up.',
      };
    case 'additive':
      return {
        zh: `每件作品由 ${planned} 位评委评分。先算出每位评委比全体宽或严多少分，从其给分中扣除，再取平均。`,
        en: `${planned} judges mark each work. How many points each judge is more generous or more severe than the panel is taken out first; then totals are averaged.`,
      };
    case 'z_score':
      return {
        zh: '每位评委的分数先换算成高于或低于其本人平均分几个标准差，再取平均。',
        en: 'A judge’s totals are first expressed as standard deviations above or below that judge’s own average; then they are averaged.',
      };
    case 'tokens':
      return {
        zh: '每位评委投出手中的票，一件作品最多投一票，按得票数排列。',
        en: 'Each judge lays tokens, at most one on a work; works are ordered by their tokens.',
      };
    case 'pass':
      return {
        zh: '评委对每件作品投通过或不通过，按通过的比例排列。',
        en: 'Judges pass or fail each work; works are ordered by the share who passed them.',
      };
  }
}

/** Of methods that take severity out in their own way, and of `additive`, which has said so, nothing more is said. */
function adjusted({ method, model }: MethodInWords): Words | null {
  if (model === 'none' || ['additive', 'borda', 'z_score', 'tokens', 'pass'].includes(method)) return null;
  return {
    zh: '有评委缺席、回避，或各件作品的评委不同，所以先按每位评委的宽严调整全部作品的分数；缺的一份按该作品其余分数的平均补足。',
    en: 'A judge was absent or stood back, or not all works had the same judges: so all totals are first adjusted for how severe each judge is, and a missing one counts as the average of the work’s others.',
  };
}

function rounded({ rounding }: MethodInWords): Words | null {
  const { sheet, score } = rounding;
  if (!sheet && !score) return null;
  const zh = [
    ...(sheet ? [`每位评委的总分${modes[sheet.mode].zh}到 ${sheet.places} 位小数`] : []),
    ...(score ? [`最后得分${modes[score.mode].zh}到 ${score.places} 位小数`] : []),
  ];
  const en = [
    ...(sheet ? [`each judge’s total is rounded ${modes[sheet.mode].en} to ${sheet.places} decimals`] : []),
    ...(score ? [`the score is rounded ${modes[score.mode].en} to ${score.places} decimals`] : []),
  ];
  const text = en.join(', ');
  return { zh: `${zh.join('，')}。`, en: `${text[0].toUpperCase()}${text.slice(1)}.` };
}

const modes: Record<Rounding['mode'], Words> = {
  'half-away': { zh: '四舍五入', en: 'half away from zero' },
  'half-even': { zh: '四舍六入五成双', en: 'half to even' },
  down: { zh: '向下取', en: 'down' },
  up: { zh: '向上取', en: 'up' },
};

const reasons: Record<ChosenMethod['why'], Words> = {
  asked: { zh: '这是主办方在本轮开始前定下的方法。', en: 'The organiser chose it before the round began.' },
  five_or_more: {
    zh: '全体评委都评全部作品，且不少于五位：各去一个最高分和最低分，一个人给得过高或过低不会左右结果。',
    en: 'All judges mark all works and there are five or more: with one highest and one lowest dropped nobody alone can carry a work or sink it.',
  },
  three_or_four: {
    zh: '评委只有三四位，再去掉最高分和最低分，剩下的太少，所以取平均。',
    en: 'With three or four judges too little would be left once extremes are dropped, so all totals count.',
  },
  some_of_panel: {
    zh: '每件作品只由部分评委评分，碰上严的评委不应吃亏，所以先扣除各评委的宽严。',
    en: 'Each work is marked by some of the judges only; who meets a severe one shall not lose by it, so severity is taken out first.',
  },
  kind: { zh: '本轮是投票轮，按票计。', en: 'The round is one of votes, and votes are counted.' },
};
