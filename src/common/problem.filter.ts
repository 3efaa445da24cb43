import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MulterError } from 'multer';
import { ZodValidationException } from 'nestjs-zod';
import type { ZodError } from 'zod';
import { commonProblem, languageOf, Problem, type FieldProblem, type Language } from './problem.js';
import { fieldMessage, inLanguage } from './validation.js';

/** The one place where anything thrown becomes an answer: application/problem+json, never a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const language = languageOf(request.headers['accept-language']);
    const problem = this.toProblem(thrown, language);
    if (problem.kind.status >= 500) {
      this.logger.error(`${request.method} ${request.path}: ${problem.code}`, (thrown as Error)?.stack);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (!request.complete) lingerThenCut(request, response);
    for (const [name, value] of Object.entries(problem.extra.headers ?? {})) response.setHeader(name, value);
    response
      .status(problem.kind.status)
      .type('application/problem+json; charset=utf-8')
      // What is wrong now may be right in a moment.
      .set('Cache-Control', 'no-store')
      .end(
        JSON.stringify({
          type: `https://dingge.dev/problems/${problem.code.toLowerCase()}`,
          title: problem.code,
          status: problem.kind.status,
          code: problem.code,
          detail: problem.detail(language),
          ...(problem.extra.errors ? { errors: inWords(problem.extra.errors, language) } : {}),
          ...(problem.extra.current === undefined ? {} : { current: problem.extra.current }),
        }),
      );
  }

  private toProblem(thrown: unknown, language: Language): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof ZodValidationException) {
      const issues = (thrown.getZodError() as ZodError).issues;
      const errors = issues.slice(0, 20).map((issue) => ({
        path: issue.path.join('.'),
        message: fieldMessage(issue, language),
      }));
      return commonProblem('REQUEST.INVALID', {}, { errors });
    }
    if (thrown instanceof MulterError) {
      return commonProblem(thrown.code === 'LIMIT_FILE_SIZE' ? 'REQUEST.TOO_LARGE' : 'REQUEST.MALFORMED');
    }
    const code = (thrown as { code?: unknown } | null)?.code;
    // PostgreSQL's own disk.
    if (code === '53100') return commonProblem('SERVER.DISK_FULL');
    // What PostgreSQL cannot hold: a NUL in a text, a number out of range, half a surrogate pair in JSON.
    if (typeof code === 'string' && /^(22021|22P02|22P05|22003)$/.test(code)) {
      return commonProblem('REQUEST.MALFORMED');
    }
    if (isBusy(thrown, code)) {
      return commonProblem('SERVER.BUSY', {}, { headers: { 'Retry-After': '5' } });
    }
    const status = thrown instanceof HttpException ? thrown.getStatus() : bodyParserStatus(thrown);
    if (status === 404) return commonProblem('REQUEST.NOT_FOUND');
    if (status === 413) return commonProblem('REQUEST.TOO_LARGE');
    if (status >= 400 && status < 500) return commonProblem('REQUEST.MALFORMED');
    return commonProblem('SERVER.ERROR');
  }
}

function inWords(errors: FieldProblem[], language: Language): FieldProblem[] {
  return errors.map(({ path, message }) => ({ path, message: inLanguage(message, language) }));
}

/** How long a client whose upload was refused may go on sending before it has read the answer. */
const lingerMs = 2000;

/**
 * A refused upload is still arriving. Closing at once would reset the connection, and the client would never
 * read why; so what comes is thrown away for a moment, then the connection is cut.
 */
function lingerThenCut(request: Request, response: Response): void {
  response.once('finish', () => {
    request.resume();
    setTimeout(() => {
      if (!request.complete) request.destroy();
    }, lingerMs).unref();
  });
}

/** The database is away, starting, overloaded, or gave up waiting for a lock. */
function isBusy(thrown: unknown, code: unknown): boolean {
  const codes = /^(57P0[1-3]|08\w{3}|53300|40P01|40001|55P03|57014|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE)$/;
  // TypeORM releases a transaction's connection under it when that breaks.
  const words =
    /Connection terminated|is not queryable|query runner (was )?already released|timeout exceeded when trying to connect|Query read timeout|Driver not Connected/i;
  return (
    (typeof code === 'string' && codes.test(code)) || (thrown instanceof Error && words.test(thrown.message))
  );
}

/** Express' body parsers and busboy throw plain errors that carry the status or a known message. */
function bodyParserStatus(thrown: unknown): number {
  if (!(thrown instanceof Error)) return 500;
  if ('status' in thrown && typeof thrown.status === 'number') return thrown.status;
  const { message } = thrown;
  return /multipart|boundary|unexpected end of form|malformed/i.test(message) ? 400 : 500;
}
