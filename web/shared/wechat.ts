/**
 * Whether the page is open inside WeChat (or 企业微信, which says so too). Its browser saves no files, doesn't print, and
 * hands over compressed copies unless 原图 is ticked: where that matters the page says what to do instead.
 */
export const inWeChat = /MicroMessenger/i.test(navigator.userAgent);
