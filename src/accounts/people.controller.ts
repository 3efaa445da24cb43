import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Delete, Req } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { maskContact } from '../common/mask.js';
import { publicUrl } from '../common/public-url.js';
import { Runtime } from '../config/runtime.js';
import { Access, Me, type Person } from './access.js';
import { Account } from './account.entity.js';
import { findContest } from './contest-lookup.js';
import { PeopleDto, ResetLinkDto } from './dto.js';
import { accountProblem } from './errors.js';
import { LinksService } from './links.service.js';
import { RoleGrant, type GrantedRole } from './role-grant.entity.js';

interface PersonRow {
  id: string;
  name: string;
  login: string;
  roles: GrantedRole[];
}

/** The people of one contest, as its organisers see them. */
@ApiTags('accounts')
@Controller('contests/:slug/people')
export class PeopleController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly links: LinksService,
    private readonly audit: AuditService,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @Access('organiser')
  @ZodResponse({ status: 200, type: PeopleDto })
  async list(@Param('slug') slug: string): Promise<PeopleDto> {
    const contest = await this.contest(slug);
    const rows = await this.dataSource.query<PersonRow[]>(
      `SELECT a.id, a.name, COALESCE(a.phone, a.email, '') AS login, json_agg(g.role ORDER BY g.role) AS roles
         FROM role_grants g JOIN accounts a ON a.id = g.account_id
        WHERE g.contest_id = $1
        GROUP BY a.id ORDER BY min(g.created_at), a.id`,
      [contest.id],
    );
    return { items: rows.map((row) => ({ ...row, login: maskContact(row.login) })) };
  }

  /** A one-time link with which the person sets a new password; logged. */
  @Post(':id/reset')
  @Access('organiser')
  @ZodResponse({ status: 201, type: ResetLinkDto })
  async reset(
    @Param('slug') slug: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Req() request: Request,
  ): Promise<ResetLinkDto> {
    const contest = await this.contest(slug);
    await this.requireWithinReach(me, id, contest.id);
    const { token, expiresAt } = await this.dataSource.transaction(async (manager) => {
      await this.audit.append(manager, {
        contestId: contest.id,
        actorId: me.account.id,
        action: 'account.reset_link_issued',
        facts: { account: id },
      });
      return this.links.issue(manager, 'reset', id, contest.id);
    });
    return {
      link: `${publicUrl(this.runtime.env, request)}/link/${token}`,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /** Releases a phone number that somebody registered who doesn't own it. */
  @Delete(':id/phone')
  @HttpCode(204)
  @Access('organiser')
  async releasePhone(
    @Param('slug') slug: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
  ): Promise<void> {
    const contest = await this.contest(slug);
    await this.requireWithinReach(me, id, contest.id);
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Account, id, { phone: null });
      await manager.query('DELETE FROM sessions WHERE account_id = $1', [id]);
      await this.audit.append(manager, {
        contestId: contest.id,
        actorId: me.account.id,
        action: 'account.phone_released',
        facts: { account: id },
      });
    });
  }

  private async contest(slug: string) {
    const contest = await findContest(this.dataSource.manager, slug);
    if (!contest) throw accountProblem('ACCOUNT.NOT_OF_CONTEST');
    return contest;
  }

  /** Somebody of this contest; admins and other contests' organisers are out of an organiser's reach. */
  private async requireWithinReach(me: Person, accountId: string, contestId: string): Promise<void> {
    const grants = await this.dataSource.manager.findBy(RoleGrant, { accountId });
    const iAmAdmin = me.roles.some(({ role }) => role === 'admin');
    const ofThisContest = grants.some((grant) => grant.contestId === contestId);
    const beyond = grants.some(
      (grant) => grant.role === 'admin' || (grant.role === 'organiser' && grant.contestId !== contestId),
    );
    if (!ofThisContest) throw accountProblem('ACCOUNT.NOT_OF_CONTEST');
    if (beyond && !iAmAdmin) throw accountProblem('ACCOUNT.FORBIDDEN');
  }
}
