import { Injectable } from '@nestjs/common';
import { Runtime } from '../config/runtime.js';
import { endOfNextDay, LinkCodec, type Linked } from './links.js';
import type { Media } from './media.entity.js';

export type Links = Partial<Record<Linked, string>>;

/** Makes the addresses under which one person may fetch a file's renditions. Who may is the caller's to decide. */
@Injectable()
export class MediaLinksService {
  readonly codec: LinkCodec;

  constructor(runtime: Runtime) {
    this.codec = new LinkCodec(runtime.secrets.sessionSecret);
  }

  /** Links to the finished renditions, and to the original where the person may have it. */
  mint(
    media: Pick<Media, 'id' | 'renditions'>,
    accountId: string,
    { grant = null, original = false }: { grant?: string | null; original?: boolean } = {},
  ): Links {
    const expires = endOfNextDay(new Date());
    const link = (rendition: Linked) =>
      `/api/media/${this.codec.mint({ mediaId: media.id, rendition, accountId, grant, expires })}`;
    const links: Links = {};
    for (const { name } of media.renditions) links[name] = link(name);
    if (original) links.original = link('original');
    return links;
  }
}
