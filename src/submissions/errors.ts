import { defineProblems } from '../common/problem.js';

export const submissionProblem = defineProblems({
  'SUBMISSION.NOT_FOUND': {
    status: 404,
    zh: '没有找到这件作品，或者它不属于您。',
    en: 'There is no such work, or it is not yours.',
  },
  'RECEIPT.NOT_FOUND': {
    status: 404,
    zh: '没有这张回执。请检查链接是否完整，或重新扫描二维码。',
    en: 'There is no such receipt. Check that the link is complete, or scan the code again.',
  },
  'SUBMISSION.CATEGORY_FIRST': {
    status: 400,
    zh: '请先选择参赛类别（category 必须是表单的第一项）。',
    en: 'Choose the category first (category must be the first part of the form).',
  },
  'SUBMISSION.NOT_OPEN': {
    status: 409,
    zh: '征稿还没有开始，请在开始后投稿。',
    en: 'Entries are not open yet. Come back when they are.',
  },
  'SUBMISSION.CLOSED': {
    status: 409,
    zh: '征稿已经截止，不能再投稿或修改。如有特殊情况，请联系主办方。',
    en: 'The deadline has passed: nothing can be sent or changed. Ask the organiser if there is a special reason.',
  },
  'SUBMISSION.FIXED': {
    status: 409,
    zh: '作品现在的状态不能修改。请在“我的作品”中查看进展。',
    en: 'The work cannot be changed in its present state. See “My works” for where it stands.',
  },
  'SUBMISSION.DUPLICATE': {
    status: 409,
    zh: '同一位作者的这个文件已经投过了（{work}），不用重复上传。',
    en: 'This author has already sent this file ({work}); there is no need to send it again.',
  },
  'SUBMISSION.AUTHOR_LIMIT': {
    status: 409,
    zh: '这位作者在本类别最多投 {limit} 件作品。可先撤回一件，再投新的。',
    en: 'An author may have at most {limit} works in this category. Withdraw one before sending another.',
  },
  'SUBMISSION.NO_FILE': {
    status: 422,
    zh: '还没有上传作品文件，请先添加。',
    en: 'There is no file yet. Add one first.',
  },
  'SUBMISSION.TOO_MANY_FILES': {
    status: 422,
    zh: '一件作品最多 {limit} 个文件，请减少后再提交。',
    en: 'A work has at most {limit} files. Take some out.',
  },
  'SUBMISSION.SERIES_SIZE': {
    status: 422,
    zh: '组照需要 {min} 至 {max} 张，现在有 {count} 张；单幅作品请只留 1 张。',
    en: 'A series has {min} to {max} photos; this has {count}. For a single photo keep just one.',
  },
  'SUBMISSION.FILE_FAILED': {
    status: 409,
    zh: '有文件处理失败，请删除它并重新上传后再提交。',
    en: 'A file could not be processed. Remove it and upload it again before submitting.',
  },
  'SUBMISSION.ORDER_INCOMPLETE': {
    status: 422,
    zh: '顺序里要包含这件作品的每一个文件，且各一次。请刷新页面后重试。',
    en: 'The order must hold every file of the work, each once. Reload the page and try again.',
  },
  'SUBMISSION.COMMUNITY_UNKNOWN': {
    status: 422,
    zh: '名单里没有“{community}”。请从列表选择；没有的请选“其他”并写上名称（communityName）。',
    en: '“{community}” is not on the list. Choose from it, or choose 其他 and write the name (communityName).',
  },
  'SUBMISSION.SUBJECT_UNKNOWN': {
    status: 422,
    zh: '没有“{subject}”这个主题，请从列表选择。',
    en: 'There is no subject “{subject}”. Choose from the list.',
  },
  'SUBMISSION.CONSENT_OUTDATED': {
    status: 409,
    zh: '作者承诺的内容有更新，请重新阅读并同意后提交。',
    en: 'The declaration has changed. Read it again and agree before submitting.',
  },
});
