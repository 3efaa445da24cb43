import { Injectable } from '@nestjs/common';
import { Runtime } from '../config/runtime.js';
import { endOfNextDay, LinkCodec, type Linked } from './links.js';
import type { Media } from './media.entity.js';
import { hasWholeSize } from './whole-size.js';

export type Links = Partial<Record<Linked, string>>;

/** Makes the addresses under which one person may fetch a file's renditions. Who may is the caller's to decide. */
@Injectable()
export class MediaLinksService {
  readonly codec: LinkCodec;

  constructor(runtime: Runtime) {
    this.codec = new LinkCodec(runtime.secrets.sessionSecret);
  }

  /**
   * Links to the finished renditions, to the whole size, which is made when its link is first followed, and to the
   * original where the person may have it.
   */
  mint(
    media: Pick<Media, 'id' | 'kind' | 'status' | 'width' | 'height' | 'renditions'>,
    accountId: string,
    { grant = null, original = false }: { grant?: string | null; original?: boolean } = {},
  ): Links {
    const names: Linked[] = media.renditions.map(({ name }) => name).filter((name) => name !== 'full');
    if (hasWholeSize(media)) names.push('full');
    if (original) names.push('original');
    return this.links(media.id, names, accountId, grant);
  }

  /** Links for everybody, alive as long as the publication: neither the original nor its whole size. */
  mintPublic(media: Pick<Media, 'id' | 'renditions'>, publication: string): Omit<Links, 'full' | 'original'> {
    const names = media.renditions.map(({ name }) => name).filter((name) => name !== 'full');
    return this.links(media.id, names, null, publication);
  }

  private links(mediaId: string, names: Linked[], accountId: string | null, grant: string | null): Links {
    const expires = endOfNextDay(new Date());
    const link = (rendition: Linked) =>
      `/api/media/${this.codec.mint({ mediaId, rendition, accountId, grant, expires })}`;
    return Object.fromEntries(names.map((name) => [name, link(name)]));
  }
}
