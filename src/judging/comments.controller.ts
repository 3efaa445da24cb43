import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { CommentsService } from './comments.service.js';

class CommentListDto extends createZodDto(
  z.object({ items: z.array(z.object({ round: z.string(), text: z.string() })) }),
) {}

@ApiTags('judging')
@Controller()
export class CommentsController {
  constructor(private readonly comments: CommentsService) {}

  /** What judges wrote to the author of one's own work; empty until its prizes are decided. */
  @Get('submissions/:id/comments')
  @Access('account')
  @ZodResponse({ status: 200, type: CommentListDto })
  async list(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<CommentListDto> {
    return { items: await this.comments.ofWork(me, id) };
  }
}
