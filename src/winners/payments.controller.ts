import { Body, Controller, Get, Header, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { ContestsService } from '../contests/contests.service.js';
import { NoticesService } from '../results/notice/notices.service.js';
import { accountingXlsx, undecidedTiers } from './accounting-document.js';
import { AccountingDto, PayeeListDto, PaymentSettingsDto } from './dto.js';
import { winnerProblem } from './errors.js';
import { PaymentSettingsService } from './payment-settings.service.js';
import { PaymentsService } from './payments.service.js';
import { WinnerOriginals } from './winner-originals.service.js';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Prizes as they are paid. */
@ApiTags('winners')
@Controller('contests/:slug')
export class PaymentsController {
  constructor(
    private readonly contests: ContestsService,
    private readonly payments: PaymentsService,
    private readonly settings: PaymentSettingsService,
    private readonly notices: NoticesService,
    private readonly originals: WinnerOriginals,
  ) {}

  /** Every prize with what is known of its winner, masked; how each tier is taxed, and what it all adds up to. */
  @Get('payees')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: PayeeListDto })
  async list(
    @Param('slug') slug: string,
    @Lang() language: Language,
    @Me() me: Person,
  ): Promise<PayeeListDto> {
    const { id } = await this.contests.findBySlug(slug);
    const { payments, tiers, totals } = await this.payments.list(id);
    const held = await this.notices.holds(id);
    const works = payments.map(({ award }) => award.submissionId);
    const originals = await this.originals.ofWorks(works, me.account.id);
    const views = await this.payments.views(payments);
    return {
      items: views.map((view) => ({ ...view, originals: originals.get(view.submission.id) ?? [] })),
      tiers,
      totals,
      purgeDays: (await this.settings.of(id)).purgeDays,
      holds: held && { code: held.code, detail: held.detail(language) },
    };
  }

  @Put('payment-settings')
  @Access('organiser')
  @ZodResponse({ status: 200, type: PaymentSettingsDto })
  async change(
    @Param('slug') slug: string,
    @Body() settings: PaymentSettingsDto,
    @Me() me: Person,
  ): Promise<PaymentSettingsDto> {
    const { id } = await this.contests.findBySlug(slug);
    await this.settings.change(me, id, settings);
    return settings;
  }

  /** The list that accounting pays by; numbers masked unless asked for, which is logged. */
  @Get('exports/accounting.xlsx')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces(xlsxType)
  async accounting(
    @Param('slug') slug: string,
    @Query() { numbers, language }: AccountingDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    await this.notices.requireSettled(contest.id);
    const list = await this.payments.list(contest.id);
    const undecided = undecidedTiers(list.tiers);
    if (undecided.length > 0) throw winnerProblem('PAYMENT.TAX_UNSET', { tiers: undecided.join('、') });
    const fullNumbers = numbers === 'full';
    if (fullNumbers) await this.payments.recordFullList(me, contest.id, list.payments);
    const file = await accountingXlsx(list, { contest: contest.title, fullNumbers, language });
    return new StreamableFile(file, {
      type: xlsxType,
      disposition: 'attachment; filename="accounting.xlsx"',
      length: file.length,
    });
  }
}
