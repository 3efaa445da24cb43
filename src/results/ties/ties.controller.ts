import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { text } from '../../common/validation.js';
import { TiesService } from './ties.service.js';

class TieDecisionDto extends createZodDto(
  z.object({
    order: z.array(z.uuid()).min(2).max(1000).describe('All works of one tie, the best first'),
    reason: text(500, 1).describe('Who decided, and how: the chair, a re-vote'),
  }),
) {}

@ApiTags('results')
@Controller('rounds/:id/tie-decisions')
export class TiesController {
  constructor(private readonly ties: TiesService) {}

  /** What the jury’s chair, or a re-vote, decided between works that the marks leave equal; counts in dry runs from now on. */
  @Post()
  @HttpCode(204)
  @Access('organiser')
  decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { order, reason }: TieDecisionDto,
    @Me() me: Person,
  ): Promise<void> {
    return this.ties.decide(me, id, order, reason);
  }
}
