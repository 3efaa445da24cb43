import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { languageOf, type Language } from './problem.js';

/** Those that every document is made in. */
export const languages = ['zh', 'en'] as const satisfies Language[];

/** Injects the language that the request asks for. */
export const Lang = createParamDecorator((_: unknown, context: ExecutionContext): Language =>
  languageOf(context.switchToHttp().getRequest<Request>().headers['accept-language']),
);
