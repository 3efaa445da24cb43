import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Language } from '../common/problem.js';
import type { GrantedRole } from './role-grant.entity.js';

/**
 * Who a route lets in. `anyone` needs no session; `link` is for whoever holds a signed link, which the
 * route itself checks together with the session; `account` any session; `fresh` a session that still has
 * to change its printed password; a granted role is held in the contest that the route names by `:slug`,
 * or, where it names none, in any contest (the service then checks the one at hand).
 */
export type Audience = 'anyone' | 'link' | 'fresh' | 'account' | GrantedRole;

export const ACCESS = 'dingge:access';

/** Every route carries this; one without it is refused, and a test fails the build. */
export const Access = (...audiences: Audience[]) => SetMetadata(ACCESS, audiences);

/** The signed-in person with the roles held, as the guard found them. */
export interface Person {
  account: {
    id: string;
    name: string;
    phone: string | null;
    email: string | null;
    mustChangePassword: boolean;
    language: Language;
  };
  tokenHash: string;
  roles: { role: GrantedRole; contestId: string | null }[];
}

export type RequestWithPerson = Request & { person?: Person };

/** Injects the signed-in person; only on routes that let in nobody else. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const person = context.switchToHttp().getRequest<RequestWithPerson>().person;
  if (!person) throw new Error('A route that asks for the person must not let in anyone');
  return person;
});

/** Whether the person holds the role in that contest; admins hold every role but the judge's. */
export function holds(person: Person, role: GrantedRole, contestId: string): boolean {
  return person.roles.some(
    (grant) =>
      (grant.role === role && grant.contestId === contestId) || (grant.role === 'admin' && role !== 'judge'),
  );
}
