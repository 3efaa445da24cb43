import { Body, Controller, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { SelectDto, SelectedDto } from './selection-dto.js';
import { SelectionService } from './selection.service.js';

@ApiTags('results')
@Controller()
export class SelectionController {
  constructor(private readonly selection: SelectionService) {}

  /** Selects works of a closed round for the next one; with `dry` only says which, of how many authors. */
  @Put('rounds/:id/selection')
  @Access('organiser')
  @ZodResponse({ status: 200, type: SelectedDto })
  select(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { selection, dry }: SelectDto,
    @Me() me: Person,
  ): Promise<SelectedDto> {
    return this.selection.select(me, id, selection, dry);
  }
}
