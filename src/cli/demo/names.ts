import type { Rng } from './prng.js';

export interface Person {
  name: string;
  phone: string;
}

const SURNAMES = [...'刘李陈张王周彭罗谭易唐何邓肖谢文胡袁龙曾欧杨黄吴贺颜钟贾殷江'];
const FIRST = [...'建国秀英志强桂兰晓海春丽小明玉德美文思雨子家立永佳芳红国新'];
const SECOND = [...'华平英梅军芳霞涛辉燕娟波敏杰琴云涵宇轩婷怡凡林萍斌光洁'];
/** Prefixes of mobile numbers. */
const PREFIXES = [
  '133',
  '135',
  '137',
  '138',
  '139',
  '150',
  '151',
  '155',
  '158',
  '173',
  '180',
  '187',
  '189',
  '199',
];

/** People with different names and different mobile numbers. */
export function createPeople(rng: Rng, count: number): Person[] {
  const names = new Set<string>();
  const phones = new Set<string>();
  // 30 surnames and some 800 given names: far more than a contest of this size asks for.
  while (names.size < count) {
    const given = rng.chance(0.2) ? rng.pick(SECOND) : rng.pick(FIRST) + rng.pick(SECOND);
    names.add(rng.pick(SURNAMES) + given);
  }
  while (phones.size < count) {
    phones.add(rng.pick(PREFIXES) + String(rng.int(0, 99_999_999)).padStart(8, '0'));
  }
  const numbers = [...phones];
  return [...names].map((name, i) => ({ name, phone: numbers[i] }));
}

/** Communities and villages as this district names them, for contests whose list holds only a few. */
export const COMMUNITIES: readonly string[] = [
  '泰山社区',
  '天台社区',
  '湘银社区',
  '珠江社区',
  '滨江社区',
  '凤凰社区',
  '新塘社区',
  '栗雨社区',
  '神农社区',
  '庐山社区',
  '炎帝社区',
  '长江社区',
  '尚格社区',
  '白鹤社区',
  '金龙社区',
  '东帆社区',
  '高塘村',
  '白马社区',
  '响水村',
  '新马社区',
  '雷打石社区',
  '霞石村',
  '三门社区',
  '株木村',
  '白石港社区',
  '五云社区',
  '月塘社区',
  '中心社区',
  '群丰社区',
  '合花村',
  '长岭村',
  '湘云村',
  '石塘村',
  '砖桥村',
];

/** Judges of the demo: made-up names. */
export const JUDGES: readonly string[] = ['沈墨林', '顾清和', '程远山', '苏晚晴', '陆怀瑾'];
