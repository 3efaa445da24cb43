import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { both, line, phone } from '../common/validation.js';
import { grantedRoles } from './role-grant.entity.js';

export const password = z
  .string()
  .min(8, both('密码至少 8 位。', 'At least 8 characters.'))
  .max(200, both('密码最多 200 位。', 'At most 200 characters.'));

/** A phone number or an e-mail address, as it is stored. */
export const login = z
  .string()
  .max(200)
  .transform((value, context) => {
    const typed = value.trim();
    if (/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(typed)) return typed.toLowerCase();
    const number = phone.safeParse(typed);
    if (number.success) return number.data;
    context.addIssue(both('请填写手机号或邮箱。', 'Enter a phone number or an e-mail address.'));
    return z.NEVER;
  });

export class RegisterDto extends createZodDto(
  z.object({
    name: line(40, 1),
    phone,
    password,
    code: z.string().max(20).optional().describe('That was sent to the phone, where the site asks for one'),
  }),
) {}

export class SignInDto extends createZodDto(
  z.object({ login: z.string().max(200), password: z.string().max(200) }),
) {}

export class ChangePasswordDto extends createZodDto(
  z.object({ current: z.string().max(200), next: password }),
) {}

export class TakeLinkDto extends createZodDto(z.object({ password })) {}

export class InviteJudgeDto extends createZodDto(
  z.object({ name: line(40, 1), login, password: password.nullish() }),
) {}

export class SessionDto extends createZodDto(
  z.object({
    account: z
      .object({
        id: z.string(),
        name: z.string(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
        mustChangePassword: z.boolean(),
      })
      .nullable(),
    roles: z.array(z.object({ role: z.enum(grantedRoles), contest: z.string().nullable() })),
  }),
) {}

export class LinkDto extends createZodDto(
  z.object({
    kind: z.enum(['invitation', 'reset']),
    name: z.string(),
    login: z.string(),
    contest: z.object({ slug: z.string(), title: z.string() }).nullable(),
  }),
) {}

export class InvitationDto extends createZodDto(
  z.object({ id: z.string(), invitation: z.string().nullable() }),
) {}

export class ResetLinkDto extends createZodDto(z.object({ link: z.string(), expiresAt: z.iso.datetime() })) {}

export class PeopleDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        login: z.string(),
        roles: z.array(z.enum(grantedRoles)),
      }),
    ),
  }),
) {}
