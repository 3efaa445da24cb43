import type { Language } from '../common/problem.js';

const words: Record<string, Record<Language, string>> = {
  'MEDIA.UNREADABLE': {
    zh: '文件无法打开，可能已损坏。请在手机相册中确认能正常显示，再重新上传。',
    en: 'The file cannot be opened; it may be damaged. Check that it shows in your album and upload it again.',
  },
  'MEDIA.TRUNCATED': {
    zh: '文件不完整，只收到了一部分画面。请重新上传原图。',
    en: 'The file is incomplete: part of the picture is missing. Upload the original again.',
  },
  'MEDIA.TOO_MANY_PIXELS': {
    zh: '照片像素太大（上限 1.2 亿像素，HEIC 为 6500 万）。请导出小一些的版本再上传。',
    en: 'The photo has too many pixels (limit 120 megapixels, for HEIC 65). Export a smaller version.',
  },
  'MEDIA.HEIC_UNSUPPORTED': {
    zh: '这张 HEIC/HEIF 照片的编码无法处理。请在手机或电脑上转成 JPG 再上传。',
    en: 'The encoding of this HEIC/HEIF photo cannot be processed. Convert it to JPG and upload again.',
  },
  'MEDIA.UNSUPPORTED_CODEC': {
    zh: '视频的编码格式无法处理。请用手机自带相机或剪映导出 MP4(H.264)后再上传。',
    en: 'This video’s codec cannot be processed. Export it as MP4 (H.264) and upload again.',
  },
  'MEDIA.VIDEO_UNREADABLE': {
    zh: '视频无法播放，可能没有录完或已损坏。请确认能从头播到尾，再重新上传。',
    en: 'The video cannot be played; it may be cut off or damaged. Check that it plays to the end and upload again.',
  },
  'MEDIA.TOO_LONG': {
    zh: '视频超过了规定的时长，请剪短后再上传。',
    en: 'The video is longer than the rules allow. Shorten it and upload again.',
  },
  'MEDIA.TIMEOUT': {
    zh: '处理这个文件花的时间太长，已停止。请导出为 JPG 或 MP4(H.264)后再上传。',
    en: 'Processing took too long and was stopped. Export as JPG or MP4 (H.264) and upload again.',
  },
  'MEDIA.ORIGINAL_MISSING': {
    zh: '服务器上找不到这个文件的原件。请重新上传；如果多个文件都这样，请告诉主办方。',
    en: 'The original of this file is no longer on the server. Upload it again; if several are gone, tell the organiser.',
  },
  'MEDIA.ORIGINAL_DAMAGED': {
    zh: '服务器上的原件与您上传的不一致，已停止处理。请重新上传，并告诉主办方。',
    en: 'The original on the server is not what you sent, so it was not used. Upload it again and tell the organiser.',
  },
  'MEDIA.DISK_FULL': {
    zh: '服务器空间不足，文件已保存，稍后会自动继续处理。',
    en: 'The server is short of space. Your file is kept and processing will go on by itself.',
  },
};

const other: Record<Language, string> = {
  zh: '这个文件无法处理。请重新导出为 JPG 或 MP4(H.264)后再上传；仍不行请联系主办方。',
  en: 'This file cannot be processed. Export it again as JPG or MP4 (H.264); if that fails, tell the organiser.',
};

/** Why a file failed and what to do, in the entrant's language. */
export function failureMessage(code: string, language: Language): string {
  return (words[code] ?? other)[language];
}
