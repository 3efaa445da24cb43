import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { commonProblem } from '../common/problem.js';
import { Runtime } from '../config/runtime.js';
import { ACCESS, type Audience, type Person, type RequestWithPerson } from './access.js';
import { findContest } from './contest-lookup.js';
import { accountProblem } from './errors.js';
import { readSessionToken, SessionsService } from './sessions.service.js';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Deny by default: finds the person behind the cookie and asks the route's @Access whether to let them in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly runtime: Runtime,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithPerson>();
    const audiences = this.reflector.getAllAndOverride<Audience[] | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!audiences) throw accountProblem('ACCOUNT.FORBIDDEN');
    if (!readingMethods.has(request.method)) this.checkOrigin(request);
    if (audiences.includes('link')) return true;

    const token = readSessionToken(request);
    const person = token ? await this.sessions.find(token) : null;
    if (person) request.person = person;
    if (audiences.includes('anyone')) return true;
    if (!person) throw accountProblem('ACCOUNT.SIGN_IN_REQUIRED');
    if (audiences.includes('fresh')) return true;
    if (person.account.mustChangePassword) throw accountProblem('ACCOUNT.PASSWORD_CHANGE_REQUIRED');
    if (audiences.includes('account')) return true;
    if (await this.holdsOneOf(person, audiences, request.params['slug'])) return true;
    throw accountProblem('ACCOUNT.FORBIDDEN');
  }

  private async holdsOneOf(person: Person, audiences: Audience[], slug: unknown): Promise<boolean> {
    const isAdmin = person.roles.some((grant) => grant.role === 'admin');
    if (isAdmin && audiences.some((audience) => audience !== 'judge')) return true;
    const held = person.roles.filter((grant) => audiences.includes(grant.role));
    if (typeof slug !== 'string') return held.length > 0;
    if (held.length === 0) return false;
    const contest = await findContest(this.dataSource.manager, slug);
    return held.some((grant) => grant.contestId === contest?.id);
  }

  /** Browsers name the page that sends a write; scripts send no Origin and have no cookie to steal. */
  private checkOrigin(request: RequestWithPerson): void {
    const origin = request.headers.origin;
    if (origin === undefined) return;
    const { publicUrl } = this.runtime.env;
    const own = publicUrl ? new URL(publicUrl).origin : null;
    if (origin === own) return;
    const host = URL.canParse(origin) ? new URL(origin).host : '';
    if (host === '' || host !== request.headers.host) throw commonProblem('REQUEST.CROSS_ORIGIN');
  }
}
