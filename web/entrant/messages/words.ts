export const words = {
  zh: {
    heading: '消息',
    unread: '{n} 条未读',
    readAll: '全部标为已读',
    emptyTitle: '还没有消息',
    emptyText: '投稿、审核、退回修改，主办方的每个通知都会出现在这里。',
    more: '更早的消息',
    open: '查看作品',
    fresh: '未读',
    loadingLabel: '正在载入消息',
  },
  en: {
    heading: 'Messages',
    unread: '{n} unread',
    readAll: 'Mark all as read',
    emptyTitle: 'No messages yet',
    emptyText: 'What happens to your works, and what the organiser says of them, appears here.',
    more: 'Earlier messages',
    open: 'See the work',
    fresh: 'Unread',
    loadingLabel: 'Loading messages',
  },
};
