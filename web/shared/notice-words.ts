export const words = {
  zh: {
    number: '编号',
    work: '作品',
    author: '作者',
    tierCount: '{name}（{n} 名）',
    changes: '与上一版相比的改动',
    reason: '改动原因：{reason}',
    added: '新增',
    removed: '取消',
    moved: '调整',
  },
  en: {
    number: 'Number',
    work: 'Work',
    author: 'Author',
    tierCount: '{name} ({n})',
    changes: 'What this version changes',
    reason: 'Reason: {reason}',
    added: 'Added',
    removed: 'Removed',
    moved: 'Moved',
  },
};
