import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { ContestsService } from '../../contests/contests.service.js';
import { GalleryDto, PublicationDto, SetGalleryDto } from './gallery-dto.js';
import { GalleryService } from './gallery.service.js';

@ApiTags('gallery')
@Controller()
export class GalleryController {
  constructor(
    private readonly gallery: GalleryService,
    private readonly contests: ContestsService,
  ) {}

  /** The winners that the organiser shows; empty while the gallery is off. */
  @Get('contests/:slug/gallery')
  @Access('anyone')
  @ZodResponse({ status: 200, type: GalleryDto })
  async list(@Param('slug') slug: string): Promise<GalleryDto> {
    const contest = await this.contests.findBySlug(slug);
    return { shown: contest.gallery, works: await this.gallery.works(contest) };
  }

  /** `results` shows the winners of locked results, those of later ones too; `off` takes all back. */
  @Put('contests/:slug/gallery')
  @Access('organiser')
  @ZodResponse({ status: 200, type: GalleryDto })
  async show(
    @Param('slug') slug: string,
    @Body() { shown }: SetGalleryDto,
    @Me() me: Person,
  ): Promise<GalleryDto> {
    const contest = await this.contests.findBySlug(slug);
    await this.gallery.show(me, contest.id, shown);
    return this.list(slug);
  }

  /** Takes one winner out of the gallery, or puts it back; links given out before stay dead. */
  @Put('submissions/:id/publication')
  @Access('organiser')
  @ZodResponse({ status: 200, type: PublicationDto })
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { published }: PublicationDto,
    @Me() me: Person,
  ): Promise<PublicationDto> {
    await this.gallery.publish(me, id, published);
    return { published };
  }
}
