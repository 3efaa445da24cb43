import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Req,
  Res,
} from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse, ZodValidationException } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { ContestsService } from '../contests/contests.service.js';
import { contestProblem } from '../contests/errors.js';
import {
  OrderDto,
  PatchSubmissionDto,
  SubmissionDto,
  submissionForm,
  SubmissionListDto,
  SubmitDto,
  type SubmissionView,
} from './dto.js';
import { submissionProblem } from './errors.js';
import { MultipartDoor } from './multipart-door.js';
import { NewSubmissionsService } from './new-submissions.service.js';
import { requireRoom } from './rules.js';
import { SubmissionViews } from './submission-views.service.js';
import { SubmissionsService } from './submissions.service.js';
import { UploadGate, type UploadCategory } from './upload-gate.js';

@ApiTags('submissions')
@Controller()
export class SubmissionsController {
  constructor(
    private readonly newSubmissions: NewSubmissionsService,
    private readonly submissions: SubmissionsService,
    private readonly contests: ContestsService,
    private readonly views: SubmissionViews,
    private readonly gate: UploadGate,
    private readonly door: MultipartDoor,
  ) {}

  /** Multipart: `category` first, then what is said of the work, then `files`, repeated. Submitted at once unless `draft=true`. */
  @Post('contests/:slug/submissions')
  @Access('account')
  @ApiConsumes('multipart/form-data')
  @ZodResponse({ status: 201, type: SubmissionDto })
  async create(
    @Param('slug') slug: string,
    @Me() me: Person,
    @Lang() language: Language,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SubmissionView> {
    const { contestId, categories, begunAt } = await this.gate.forNewWork(request, slug, me.account.id);
    const categoryOf = (fields: Record<string, unknown>): UploadCategory => {
      const key = fields['category'];
      if (typeof key !== 'string' || !key) throw submissionProblem('SUBMISSION.CATEGORY_FIRST');
      const category = categories.find((candidate) => candidate.key === key);
      if (!category) throw contestProblem('CONTEST.CATEGORY_UNKNOWN', { category: key.slice(0, 40) });
      return category;
    };
    const { fields, files } = await this.door.receive(request, response, {
      maxFiles: Math.max(...categories.map(({ limits }) => limits.maxFiles)),
      rulesFor: (given) => ruleOf(categoryOf(given)),
    });
    try {
      const category = categoryOf(fields);
      const form = submissionForm.safeParse(fields);
      if (!form.success) throw new ZodValidationException(form.error);
      const id = await this.newSubmissions.create(me, {
        contestId,
        category,
        fields: form.data,
        files,
        consentVersion: form.data.consent ?? null,
        draft: form.data.draft === 'true',
        begunAt,
      });
      return await this.views.view(me, id, language);
    } finally {
      // Taken by a rename they are gone by now; sent to a bucket they still lie here.
      await this.door.drop(files);
    }
  }

  /** One's own works in a contest, the newest first. */
  @Get('contests/:slug/submissions')
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionListDto })
  async mine(
    @Param('slug') slug: string,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionListDto> {
    const contest = await this.contests.findBySlug(slug);
    return { items: await this.views.mine(me, contest.id, language), next: null };
  }

  @Get('submissions/:id')
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionDto })
  show(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionView> {
    return this.views.view(me, id, language);
  }

  @Patch('submissions/:id')
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionDto })
  async patch(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() fields: PatchSubmissionDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionView> {
    await this.submissions.patch(me, id, fields);
    return this.views.view(me, id, language);
  }

  @Post('submissions/:id/files')
  @Access('account')
  @ApiConsumes('multipart/form-data')
  @ZodResponse({ status: 201, type: SubmissionDto })
  async addFiles(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Lang() language: Language,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SubmissionView> {
    const submission = await this.submissions.require(me, id, 'owner');
    const { category } = submission;
    const begunAt = await this.gate.forFiles(request, submission);
    const { files } = await this.door.receive(request, response, {
      maxFiles: category.limits.maxFiles,
      rulesFor: () => ruleOf(category),
    });
    try {
      if (files.length === 0) throw submissionProblem('SUBMISSION.NO_FILE');
      await this.submissions.addFiles(me, id, files, begunAt);
      return await this.views.view(me, id, language);
    } finally {
      // Taken by a rename they are gone by now; sent to a bucket they still lie here.
      await this.door.drop(files);
    }
  }

  @Delete('submissions/:id/files/:mediaId')
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionDto })
  async removeFile(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('mediaId', ParseUUIDPipe) mediaId: string,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionView> {
    await this.submissions.removeFile(me, id, mediaId);
    return this.views.view(me, id, language);
  }

  @Put('submissions/:id/order')
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionDto })
  async order(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { media }: OrderDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionView> {
    await this.submissions.order(me, id, media);
    return this.views.view(me, id, language);
  }

  @Post('submissions/:id/submit')
  @HttpCode(200)
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionDto })
  async submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { consent }: SubmitDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionView> {
    await this.submissions.submit(me, id, consent);
    return this.views.view(me, id, language);
  }

  @Post('submissions/:id/withdraw')
  @HttpCode(200)
  @Access('account')
  @ZodResponse({ status: 200, type: SubmissionDto })
  async withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionView> {
    await this.submissions.withdraw(me, id);
    return this.views.view(me, id, language);
  }
}

/** Asked when a file begins: a category without files refuses it at its first byte. */
function ruleOf(category: UploadCategory) {
  requireRoom(1, category);
  return { kind: category.media, maxBytes: category.limits.maxBytes };
}
