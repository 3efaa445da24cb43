/** Titles of the contest that a new installation is loaded with, and the usual names of prizes. */
export const SEED_TITLES = [
  '定格·幸福社区',
  '摄影作品抖音视频短片类',
  '特一二三四五六七八九十等奖金银铜优秀入围提名最佳佳作纪念鼓励组织网络人气奖项',
  '第届全国省市区县街道社区村摄影大赛比赛展',
];
