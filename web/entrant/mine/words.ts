export const words = {
  zh: {
    mineHeading: '我的作品',
    count: '共 {n} 件',
    emptyTitle: '还没有作品',
    emptyText: '照片、组照或视频，上传后随时能改，截稿前都算数。',
    emptyClosed: '征稿已截止。',
    enter: '我要投稿',
    another: '再投一件',
    loadingLabel: '正在载入我的作品',
  },
  en: {
    mineHeading: 'My works',
    count: '{n} in all',
    emptyTitle: 'No works yet',
    emptyText: 'A photo, a series or a video: you can change it until the closing date.',
    emptyClosed: 'Entries are closed.',
    enter: 'Enter a work',
    another: 'Enter another',
    loadingLabel: 'Loading my works',
  },
};
