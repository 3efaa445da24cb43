import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { Lang } from '../common/language.js';
import { maskContact } from '../common/mask.js';
import type { Language } from '../common/problem.js';
import { Access, Me, type Person, type RequestWithPerson } from './access.js';
import { AccountsService } from './accounts.service.js';
import { nameContests } from './contest-lookup.js';
import { ChangePasswordDto, LinkDto, RegisterDto, SessionDto, SignInDto, TakeLinkDto } from './dto.js';
import { LinksService } from './links.service.js';
import { SessionsService } from './sessions.service.js';

/** Registering, signing in and out, passwords, one-time links. */
@ApiTags('accounts')
@Controller()
export class SessionController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly links: LinksService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Post('accounts')
  @Access('anyone')
  @ZodResponse({ status: 201, type: SessionDto })
  async register(
    @Body() person: RegisterDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Lang() language: Language,
  ): Promise<SessionDto> {
    const account = await this.accounts.register(person, request.ip ?? '', language);
    return this.begin(account.id, request, response);
  }

  @Post('session')
  @HttpCode(200)
  @Access('anyone')
  @ZodResponse({ status: 200, type: SessionDto })
  async signIn(
    @Body() { login, password }: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const account = await this.accounts.authenticate(login, password, request.ip ?? '');
    return this.begin(account.id, request, response);
  }

  @Get('session')
  @Access('anyone')
  @ZodResponse({ status: 200, type: SessionDto })
  async show(@Req() { person }: RequestWithPerson, @Lang() language: Language): Promise<SessionDto> {
    if (!person) return { account: null, roles: [] };
    // Every page asks this first: so e-mails are written in the language last used.
    await this.accounts.rememberLanguage(person, language);
    return this.view(person);
  }

  @Delete('session')
  @HttpCode(204)
  @Access('anyone')
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(request, response);
  }

  /** Also takes a person out of the state in which only this is allowed. Ends one's other sessions. */
  @Put('account/password')
  @HttpCode(204)
  @Access('fresh')
  async changePassword(@Body() { current, next }: ChangePasswordDto, @Me() me: Person): Promise<void> {
    await this.accounts.changePassword(me.account.id, me.tokenHash, current, next);
  }

  /** What a one-time link is for, without using it up. */
  @Get('links/:token')
  @Access('anyone')
  @ZodResponse({ status: 200, type: LinkDto })
  async lookAtLink(@Param('token') token: string): Promise<LinkDto> {
    const { link, account } = await this.links.look(token);
    const contest = (await nameContests(this.dataSource.manager, [link.contestId])).get(link.contestId ?? '');
    return {
      kind: link.kind,
      name: account.name,
      // Whoever has the link is not known to be that person yet.
      login: maskContact(account.phone ?? account.email),
      contest: contest ? { slug: contest.slug, title: contest.title } : null,
    };
  }

  /** Uses a one-time link: sets the password and signs in. */
  @Post('links/:token')
  @HttpCode(200)
  @Access('anyone')
  @ZodResponse({ status: 200, type: SessionDto })
  async takeLink(
    @Param('token') token: string,
    @Body() { password }: TakeLinkDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const account = await this.links.take(token, password);
    return this.begin(account.id, request, response);
  }

  private async begin(accountId: string, request: Request, response: Response): Promise<SessionDto> {
    const token = await this.sessions.begin(accountId, request, response);
    const person = await this.sessions.find(token);
    return this.view(person!);
  }

  private async view({ account, roles }: Person): Promise<SessionDto> {
    const contests = await nameContests(
      this.dataSource.manager,
      roles.map(({ contestId }) => contestId),
    );
    return {
      account,
      roles: roles.map(({ role, contestId }) => ({
        role,
        contest: contests.get(contestId ?? '')?.slug ?? null,
      })),
    };
  }
}
