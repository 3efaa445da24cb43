import { HttpException } from '@nestjs/common';

export type Language = 'zh' | 'en';

/** One kind of refusal: its HTTP status and, in both languages, a sentence that says what to do. */
export interface ProblemKind {
  status: number;
  zh: string;
  en: string;
}

export type ProblemParams = Record<string, string | number>;

/** A problem in one field of the request, for the sentence beside that field. */
export interface FieldProblem {
  path: string;
  message: string;
}

/** Thrown anywhere; the one filter turns it into application/problem+json (RFC 9457). */
export class Problem extends HttpException {
  constructor(
    readonly code: string,
    readonly kind: ProblemKind,
    readonly params: ProblemParams = {},
    readonly extra: { errors?: FieldProblem[]; current?: unknown; headers?: Record<string, string> } = {},
  ) {
    super(code, kind.status);
  }

  detail(language: Language): string {
    return fill(this.kind[language], this.params);
  }
}

/** `{name}` in a sentence is replaced by the parameter of that name. */
export function fill(sentence: string, params: ProblemParams): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/**
 * Declares the refusals of a feature in one place and returns the function that makes them:
 * `const submissionProblem = defineProblems({ 'SUBMISSION.CLOSED': { … } }); throw submissionProblem('SUBMISSION.CLOSED')`.
 */
export function defineProblems<K extends string>(kinds: Record<K, ProblemKind>) {
  return (code: K, params?: ProblemParams, extra?: Problem['extra']): Problem =>
    new Problem(code, kinds[code], params, extra);
}

export const commonProblem = defineProblems({
  'REQUEST.INVALID': {
    status: 422,
    zh: '有几处填写不对，请按提示修改后再提交。',
    en: 'Some fields are not right. Correct them as marked and send again.',
  },
  'REQUEST.MALFORMED': {
    status: 400,
    zh: '请求的格式不对，请刷新页面后重试。',
    en: 'The request is malformed. Reload the page and try again.',
  },
  'REQUEST.NOT_FOUND': {
    status: 404,
    zh: '没有找到。它可能已被移除，或者您没有权限查看。',
    en: 'Not found. It may have been removed, or it is not yours to see.',
  },
  'REQUEST.TOO_LARGE': {
    status: 413,
    zh: '内容太大，请缩小后再提交。',
    en: 'The request is too large. Send less at once.',
  },
  'REQUEST.CROSS_ORIGIN': {
    status: 403,
    zh: '请求来自别的网站，已拒绝。请在本站页面上操作。',
    en: 'The request comes from another site and was refused. Use the pages of this site.',
  },
  'SERVER.BUSY': {
    status: 503,
    zh: '系统暂时繁忙，请稍后重试，已保存的内容不会丢失。',
    en: 'The service is busy for a moment. Try again shortly; nothing saved is lost.',
  },
  'SERVER.DISK_FULL': {
    status: 507,
    zh: '服务器存储空间已满，已保存的作品不受影响。请联系主办方，稍后再试。',
    en: 'The server has run out of space. What is stored is safe; tell the organiser and try later.',
  },
  'SERVER.ERROR': {
    status: 500,
    zh: '系统出错了，我们已记录。请稍后重试。',
    en: 'Something went wrong on our side and was recorded. Try again later.',
  },
});

/** What the browser asks for, Chinese unless English is clearly preferred. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? '').slice(0, 200).toLowerCase().split(',')) {
    const tag = part.trim().split(';')[0] ?? '';
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh';
}
