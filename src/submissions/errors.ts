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
  'SUBMISSION.REPAIR_OVER': {
    status: 409,
    zh: '这件作品的修改期限已过，不能再修改。如有特殊情况，请联系主办方。',
    en: 'The time for mending this work is over: nothing can be changed. Ask the organiser if there is a special reason.',
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
  'SUBMISSION.DOUYIN_TWICE': {
    status: 409,
    zh: '同一位作者的这个抖音作品已经投过了（{work}），不用重复投稿。请换一个链接，或修改原来的作品。',
    en: 'This author has already entered this video of Douyin ({work}). Give another link, or change the earlier work.',
  },
  'SUBMISSION.LINK_ONLY': {
    status: 422,
    zh: '“{category}”只收抖音链接，不用上传文件。请粘贴抖音的分享文字。',
    en: '“{category}” takes links of Douyin only, no files. Paste the text that Douyin’s share button gives.',
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

/** Refusals of the resumable door. */
export const uploadProblem = defineProblems({
  'UPLOAD.NOT_FOUND': {
    status: 404,
    zh: '没有找到这次上传，或者它不属于您。请重新选择文件上传。',
    en: 'There is no such upload, or it is not yours. Choose the file again.',
  },
  'UPLOAD.EXPIRED': {
    status: 410,
    zh: '这次上传中断太久，已收到的部分不再保留。请重新上传。',
    en: 'This upload was interrupted for too long and what had arrived was not kept. Upload the file again.',
  },
  'UPLOAD.LOCKED': {
    status: 423,
    zh: '这个文件正在另一个页面或连接中上传，稍后会自动继续。',
    en: 'This file is being sent by another page or connection. It can go on here in a moment.',
  },
  'UPLOAD.OFFSET': {
    status: 409,
    zh: '续传的位置与服务器已收到的不一致，请从服务器给出的位置继续。',
    en: 'The upload does not go on where the server has it. Go on from the offset that the server gives.',
  },
  'UPLOAD.OVERRUN': {
    status: 400,
    zh: '发送的内容超过了预先说明的文件大小，请重新选择文件上传。',
    en: 'More was sent than the announced size. Choose the file again.',
  },
  'UPLOAD.INTERRUPTED': {
    status: 400,
    zh: '上传中断了，已收到的部分会保留，网络恢复后可以继续。',
    en: 'The upload was interrupted. What arrived is kept: go on when the connection is back.',
  },
  'UPLOAD.VERSION': {
    status: 412,
    zh: '上传工具的协议版本不对，请刷新页面后重试。',
    en: 'The upload speaks another version of the protocol. Reload the page and try again.',
  },
  'UPLOAD.CONTENT_TYPE': {
    status: 415,
    zh: '续传请求的类型不对（应为 application/offset+octet-stream），请刷新页面后重试。',
    en: 'An upload goes on as application/offset+octet-stream. Reload the page and try again.',
  },
});
