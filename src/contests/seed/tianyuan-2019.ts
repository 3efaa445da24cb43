/** The facts of the notice in 株洲日报, late August 2019, as it was printed; nothing in here is ours to choose. */
export const tianyuan2019 = {
  slug: 'tianyuan-2019',
  title: '定格·幸福社区',
  fullTitle: '“壮丽70年·奋斗新时代”株洲市天元区“党建领航·三社联动·文明实践”定格·幸福社区摄影/抖音比赛',
  region: '湖南省株洲市天元区',
  timeZone: 'Asia/Shanghai',
  closesAt: '2019-09-16T00:00:00+08:00',
  closesAtIs: 'exclusive: the end of 15 September',
  theme: '党建领航·三社联动·文明实践',
  brief:
    '参赛作品要求体现天元区范围内100个社区(村)的人、文、地、产、景等内容,以及“三社联动”项目在具体服务过程中的美好场景、瞬间。',
  communityCount: 100,
  communitiesNamedOnThatPage: ['嵩山路街道东湖社区', '嵩山路街道莲花社区'],
  subjects: [
    '优秀党员',
    '党务工作者',
    '优秀党组织',
    '社会公益组织',
    '五化阵地建设',
    '社区居委办公环境',
    '小区人文邻里情',
    '村居两委队伍',
    '爱心志愿者',
    '社会工作者',
    '“三社联动”项目',
  ],
  currency: 'CNY',
  categories: [
    {
      key: 'photo',
      name: '摄影作品',
      media: 'image',
      prizeTiers: [
        {
          name: '特等奖',
          quota: 1,
          amountYuan: 2000,
        },
        {
          name: '一等奖',
          quota: 2,
          amountYuan: 1000,
        },
        {
          name: '二等奖',
          quota: 4,
          amountYuan: 600,
        },
        {
          name: '三等奖',
          quota: 6,
          amountYuan: 500,
        },
        {
          name: '优秀作品',
          quota: 30,
          amountYuan: 100,
        },
      ],
      totals: {
        awards: 43,
        amountYuan: 12400,
      },
    },
    {
      key: 'douyin',
      name: '抖音视频作品',
      media: 'video',
      prizeTiers: [
        {
          name: '一等奖',
          quota: 1,
          amountYuan: 1000,
        },
        {
          name: '二等奖',
          quota: 2,
          amountYuan: 600,
        },
        {
          name: '三等奖',
          quota: 3,
          amountYuan: 500,
        },
        {
          name: '优秀作品',
          quota: 50,
          amountYuan: 100,
        },
      ],
      totals: {
        awards: 56,
        amountYuan: 8700,
      },
    },
  ],
  totals: {
    awards: 99,
    amountYuan: 21100,
  },
  source:
    "株洲日报, 天元区定格·幸福社区 摄影/抖音比赛邀你来 (late August 2019). Facts only; what the notice does not say (file limits, scoring criteria, one-prize-per-person) is the organiser's to set, with the defaults in the design.",
};
