import { defineProblems } from '../common/problem.js';

/** Refusals while bytes arrive. */
export const mediaProblem = defineProblems({
  'MEDIA.LENGTH_REQUIRED': {
    status: 411,
    zh: '上传请求必须说明大小（Content-Length）。请换用浏览器或更新上传工具后重试。',
    en: 'An upload must state its size (Content-Length). Use a browser or another tool.',
  },
  'MEDIA.TOO_LARGE': {
    status: 413,
    zh: '文件超过 {limit} MB 的上限，请压缩或裁短后再上传。',
    en: 'The file exceeds the limit of {limit} MB. Make it smaller or shorter, then upload again.',
  },
  'MEDIA.QUOTA_EXCEEDED': {
    status: 413,
    zh: '您在本比赛的存储空间已用完（{limit} MB）。请删除不再需要的草稿，或联系主办方。',
    en: 'Your space in this contest is used up ({limit} MB). Remove drafts you no longer need, or ask the organiser.',
  },
  'MEDIA.WRONG_TYPE': {
    status: 415,
    zh: '“{name}”不是可以参赛的{kind}文件。照片请用 JPG、PNG、WebP、TIFF、HEIC、AVIF,视频请用 MP4、MOV 或 WebM。',
    en: '“{name}” is not a {kind} file that can enter. Photos: JPG, PNG, WebP, TIFF, HEIC, AVIF. Videos: MP4, MOV or WebM.',
  },
  'MEDIA.EMPTY': {
    status: 422,
    zh: '“{name}”是空文件，请重新选择。',
    en: '“{name}” is empty. Choose the file again.',
  },
  'MEDIA.INTERRUPTED': {
    status: 400,
    zh: '上传中断了，文件没有保存。请检查网络后重新上传。',
    en: 'The upload was cut off and nothing was kept. Check the connection and upload again.',
  },
  'MEDIA.LINK_DEAD': {
    status: 404,
    zh: '这个链接已失效或不属于您。请刷新页面获取新链接。',
    en: 'This link has ended or is not yours. Reload the page for a new one.',
  },
  'MEDIA.WHOLE_SIZE_FAILED': {
    status: 404,
    zh: '这张照片的原尺寸无法生成，请看预览。',
    en: 'This photo could not be made in its whole size. Look at its preview.',
  },
  'MEDIA.FILE_MISSING': {
    status: 404,
    zh: '这个文件在服务器上找不到了，请告诉主办方。',
    en: 'This file is no longer on the server. Tell the organiser.',
  },
  'MEDIA.CHECK_RUNNING': {
    status: 429,
    zh: '正在核对另一个文件，请等它完成后再试。',
    en: 'Another file is being checked. Wait until that is done, then try again.',
  },
  'MEDIA.CHECKED_OFTEN': {
    status: 429,
    zh: '这一小时内核对的次数已满，请 {minutes} 分钟后再试。',
    en: 'That is enough checks for this hour. Try again in {minutes} minutes.',
  },
  'MEDIA.RANGE_UNSATISFIABLE': {
    status: 416,
    zh: '请求的部分超出了文件的大小，请刷新页面后重试。',
    en: 'The part that was asked for lies beyond the end of the file. Reload the page and try again.',
  },
});
