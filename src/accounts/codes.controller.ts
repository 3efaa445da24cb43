import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { phone } from '../common/validation.js';
import { Runtime } from '../config/runtime.js';
import { codePurposes } from '../messages/code-sender.js';
import { CodesService } from '../messages/codes.service.js';
import { Access } from './access.js';
import { AccountsService } from './accounts.service.js';
import { password } from './dto.js';
import { accountProblem } from './errors.js';
import { SessionsService } from './sessions.service.js';

class AccountOptionsDto extends createZodDto(
  z.object({
    signUpCode: z.boolean().describe('Whether an account needs a code that was sent to its phone'),
    passwordByPhone: z.boolean().describe('Whether a forgotten password can be set anew by such a code'),
  }),
) {}
class CodeRequestDto extends createZodDto(z.object({ phone, purpose: z.enum(codePurposes) })) {}
class CodeRequestedDto extends createZodDto(
  z.object({ seconds: z.number().describe('Until the next code may be asked for') }),
) {}
class PasswordByCodeDto extends createZodDto(z.object({ phone, code: z.string().max(20), password })) {}

/** One-time codes by short message: at sign-up, and for a forgotten password. */
@ApiTags('accounts')
@Controller()
export class CodesController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly codes: CodesService,
    private readonly runtime: Runtime,
  ) {}

  /** What signing up and a forgotten password ask for on this site. */
  @Get('account-options')
  @Access('anyone')
  @ZodResponse({ status: 200, type: AccountOptionsDto })
  options(): AccountOptionsDto {
    const { signUpCode, smsGateway } = this.runtime.env;
    return { signUpCode: signUpCode === 'required', passwordByPhone: smsGateway !== undefined };
  }

  /** Sends a code to a phone. The answer is the same, and as soon, whether or not the phone has an account. */
  @Post('codes')
  @HttpCode(202)
  @Access('anyone')
  @ZodResponse({ status: 202, type: CodeRequestedDto })
  async request(
    @Body() { phone: number, purpose }: CodeRequestDto,
    @Req() request: Request,
    @Lang() language: Language,
  ): Promise<CodeRequestedDto> {
    const { signUpCode, passwordByPhone } = this.options();
    if (!(purpose === 'sign-up' ? signUpCode : passwordByPhone)) throw accountProblem('ACCOUNT.NO_CODES');
    const known = await this.accounts.mayResetByPhone(this.dataSource.manager, number);
    const seconds = await this.codes.request({
      phone: number,
      purpose,
      address: request.ip ?? '',
      language,
      deliver: purpose === 'sign-up' || known !== null,
    });
    return { seconds };
  }

  /** Sets a forgotten password by a code, ends the account's sessions, and signs in. */
  @Post('account/password-by-code')
  @HttpCode(204)
  @Access('anyone')
  async setPassword(
    @Body() { phone: number, code, password: next }: PasswordByCodeDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (!this.options().passwordByPhone) throw accountProblem('ACCOUNT.NO_CODES');
    const accountId = await this.accounts.setPasswordByCode(number, code, next);
    await this.sessions.begin(accountId, request, response);
  }
}
