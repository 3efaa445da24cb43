import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ZodResponse, ZodValidationException } from 'nestjs-zod';
import { pipeline } from 'node:stream/promises';
import { Access, Me, type Person, type RequestWithPerson } from '../../accounts/access.js';
import { commonProblem } from '../../common/problem.js';
import { ContestsService } from '../../contests/contests.service.js';
import { StoredFileLost } from '../../storage/errors.js';
import { StorageService } from '../../storage/storage.service.js';
import {
  AnswerDto,
  objectionFields,
  ObjectionListDto,
  OwnObjectionDto,
  ReceivedObjectionDto,
  TicketDto,
  type ObjectionFields,
} from './notice-dto.js';
import { ObjectionDoor } from './objection-door.js';
import { ObjectionListService } from './objection-list.service.js';
import { objectionFileKey } from './objection.entity.js';
import { ObjectionsService } from './objections.service.js';

@ApiTags('notice')
@Controller()
export class ObjectionsController {
  constructor(
    private readonly contests: ContestsService,
    private readonly objections: ObjectionsService,
    private readonly lists: ObjectionListService,
    private readonly door: ObjectionDoor,
    private readonly storage: StorageService,
  ) {}

  /** Opens the form: its ticket is good once, from some seconds later on. */
  @Post('contests/:slug/objections/ticket')
  @HttpCode(200)
  @Access('anyone')
  @ZodResponse({ status: 200, type: TicketDto })
  async ticket(@Param('slug') slug: string): Promise<TicketDto> {
    return this.objections.ticket((await this.contests.findBySlug(slug)).id);
  }

  /** Objects to the published notice, under one's real name; at most three pictures or PDFs, after the fields. */
  @Post('contests/:slug/objections')
  @Access('anyone')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['ticket', 'name', 'phone', 'text'],
      properties: {
        ticket: { type: 'string' },
        name: { type: 'string' },
        phone: { type: 'string' },
        text: { type: 'string' },
        work: { type: 'string' },
        files: { type: 'array', items: { type: 'string', format: 'binary' } },
      },
    },
  })
  @ZodResponse({ status: 201, type: ReceivedObjectionDto })
  async object(
    @Param('slug') slug: string,
    @Req() request: RequestWithPerson,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReceivedObjectionDto> {
    const contest = await this.contests.findBySlug(slug);
    const address = request.ip ?? '';
    await this.objections.requireRoom(contest.id, address);
    const { fields, files } = await this.door.receive(request, response);
    try {
      return await this.objections.receive(contest, checked(fields), files, {
        ...{ address, accountId: request.person?.account.id ?? null },
      });
    } finally {
      // What storage took is no longer there.
      await this.door.drop(files);
    }
  }

  /** One's own objection, and its answer once there is one. */
  @Get('objections/:token')
  @Access('anyone')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: OwnObjectionDto })
  async own(@Param('token') token: string, @Req() { ip = '' }: RequestWithPerson): Promise<OwnObjectionDto> {
    const objection = await this.objections.own(token, ip);
    const { slug, title, timeZone } = await this.contests.findById(objection.contestId);
    return {
      contest: { slug, title, timeZone },
      number: objection.number,
      receivedAt: objection.receivedAt.toISOString(),
      text: objection.text,
      files: objection.files,
      answer: objection.answeredAt ? objection.answer : null,
      answeredAt: objection.answeredAt?.toISOString() ?? null,
      purgeAt: objection.purgeAt.toISOString(),
      purged: objection.purgedAt !== null,
    };
  }

  @Get('contests/:slug/objections')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: ObjectionListDto })
  async list(@Param('slug') slug: string): Promise<ObjectionListDto> {
    return { items: await this.lists.list((await this.contests.findBySlug(slug)).id) };
  }

  @Post('objections/:id/answer')
  @HttpCode(204)
  @Access('organiser')
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { answer, public: isPublic }: AnswerDto,
    @Me() me: Person,
  ): Promise<void> {
    await this.objections.answer(me, id, answer, isPublic);
  }

  /** Whatever a stranger sent: only to be saved, never shown. */
  @Get('objection-files/:id')
  @Access('organiser')
  @ApiProduces('application/octet-stream')
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Res() response: Response,
  ): Promise<void> {
    const { name, bytes } = await this.lists.file(me, id);
    const { stream } = await this.storage.read(objectionFileKey(id)).catch((error: unknown) => {
      throw error instanceof StoredFileLost ? commonProblem('REQUEST.NOT_FOUND') : error;
    });
    response.attachment(name).set({
      'Cache-Control': 'no-store',
      'Content-Length': String(bytes),
      'Content-Security-Policy': 'sandbox',
      'Content-Type': 'application/octet-stream',
    });
    // Who leaves is no news; anybody else sees a body that ends too soon.
    await pipeline(stream, response).catch(() => undefined);
  }
}

function checked(fields: Record<string, string>): ObjectionFields {
  const parsed = objectionFields.safeParse(fields);
  if (!parsed.success) throw new ZodValidationException(parsed.error);
  return parsed.data;
}
