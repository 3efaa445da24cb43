import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { both } from '../common/validation.js';
import { Access, Me, type Person } from './access.js';
import { EmailService } from './email.service.js';

/** No quotes, no comments, no address literals: what people have, and nothing that a header could read otherwise. */
const email = z
  .string()
  .max(254)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email(both('请填写正确的邮箱地址。', 'Enter a valid e-mail address.')));

class GiveEmailDto extends createZodDto(z.object({ email: email.nullable() })) {}
class ConfirmEmailDto extends createZodDto(z.object({ token: z.string().max(100) })) {}
class ConfirmedEmailDto extends createZodDto(z.object({ email: z.string() })) {}
class EmailDto extends createZodDto(
  z.object({
    email: z.string().nullable(),
    confirmed: z.boolean(),
    pending: z.string().nullable().describe('Given, but not yet confirmed'),
    undelivered: z.boolean().describe('Whether the last e-mail could not be delivered'),
  }),
) {}

/** The e-mail address of an account. */
@ApiTags('accounts')
@Controller()
export class EmailController {
  constructor(private readonly emails: EmailService) {}

  @Get('account/email')
  @Access('account')
  @ZodResponse({ status: 200, type: EmailDto })
  show(@Me() me: Person): Promise<EmailDto> {
    return this.emails.show(me);
  }

  /** Sends a link to the address; with null, takes the address away. */
  @Put('account/email')
  @Access('account')
  @ZodResponse({ status: 200, type: EmailDto })
  async give(
    @Body() { email: address }: GiveEmailDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<EmailDto> {
    if (address === null) await this.emails.remove(me);
    else await this.emails.give(me, address, language);
    return this.emails.show(me);
  }

  /** What the link in the e-mail leads to. */
  @Post('email-confirmations')
  @HttpCode(200)
  @Access('anyone')
  @ZodResponse({ status: 200, type: ConfirmedEmailDto })
  async confirm(@Body() { token }: ConfirmEmailDto): Promise<ConfirmedEmailDto> {
    return { email: await this.emails.confirm(token) };
  }
}
