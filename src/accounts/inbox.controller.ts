import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Lang } from '../common/language.js';
import { decodeCursor, encodeCursor } from '../common/pagination.js';
import { commonProblem, type Language } from '../common/problem.js';
import { MessagesService } from '../messages/messages.service.js';
import { Access, Me, type Person } from './access.js';
import { findContest, nameContests } from './contest-lookup.js';

class InboxQueryDto extends createZodDto(
  z.object({
    contest: z.string().max(100).optional(),
    about: z.string().max(200).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
) {}

class InboxDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        title: z.string(),
        text: z.string(),
        contest: z.object({ slug: z.string(), title: z.string() }).nullable(),
        about: z.string().nullable().describe('A page within the contest’s pages: `work/<id>`'),
        createdAt: z.string(),
        readAt: z.string().nullable(),
      }),
    ),
    unread: z.number().describe('Of all messages, whatever was asked for'),
    next: z.string().nullable(),
  }),
) {}

/** One's own messages. */
@ApiTags('messages')
@Controller('messages')
export class InboxController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly messages: MessagesService,
  ) {}

  /** The newest first, in the language asked for; of one contest, or of one page of it. */
  @Get()
  @Access('account')
  @ZodResponse({ status: 200, type: InboxDto })
  async list(
    @Query() { contest: slug, about, cursor, limit }: InboxQueryDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<InboxDto> {
    const { manager } = this.dataSource;
    const contest = slug === undefined ? null : await findContest(manager, slug);
    if (slug !== undefined && !contest) throw commonProblem('REQUEST.NOT_FOUND');
    const query = { after: cursorId(cursor), contestId: contest?.id ?? null, about: about ?? null, limit };
    const { items, more } = await this.messages.list(me.account.id, query, language);
    const contests = await nameContests(
      manager,
      items.map(({ contestId }) => contestId),
    );
    const last = items.at(-1);
    return {
      items: items.map(({ contestId, createdAt, readAt, ...item }) => {
        const named = contests.get(contestId ?? '');
        return {
          ...item,
          contest: named ? { slug: named.slug, title: named.title } : null,
          createdAt: createdAt.toISOString(),
          readAt: readAt?.toISOString() ?? null,
        };
      }),
      unread: await this.messages.unread(me.account.id),
      next: more && last ? encodeCursor([last.id]) : null,
    };
  }

  @Post('read')
  @HttpCode(204)
  @Access('account')
  async readAll(@Me() me: Person): Promise<void> {
    await this.messages.markRead(me.account.id, null);
  }

  @Post(':id/read')
  @HttpCode(204)
  @Access('account')
  async read(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<void> {
    if (!(await this.messages.markRead(me.account.id, id))) throw commonProblem('REQUEST.NOT_FOUND');
  }
}

function cursorId(cursor: string | undefined): string | null {
  const id = z.uuid().safeParse(decodeCursor(cursor)?.[0]);
  return id.success ? id.data : null;
}
