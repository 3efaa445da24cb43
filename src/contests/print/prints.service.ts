import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Language } from '../../common/problem.js';
import { qrSvg } from '../../documents/qr.js';
import type { Sheet, Typeset } from '../../documents/typesetting/messages.js';
import { Typesetter } from '../../documents/typesetting/typesetter.js';
import type { ContestDto } from '../dto.js';
import { cardTemplate } from './card-template.js';
import { hillsSvg } from './hills.js';
import { posterTemplate } from './poster-template.js';
import { printFacts } from './print-words.js';

export interface Print {
  bytes: Buffer;
  /** Of all that it was made from: as long as that stays, so does the print. */
  hash: string;
}

/** `wide` is what og:image wants; WeChat shows a square, and of a wide picture its middle. */
export const cardSizes = { wide: [1200, 630], square: [600, 600] } as const;
export type CardShape = keyof typeof cardSizes;

/** Posters, cards and notices of a few contests in both languages, at most some hundred kB each. */
const mostKept = 24;

/** What everybody may ask for on paper, made when first asked for and kept by the hash of what they are made from. */
@Injectable()
export class PrintsService {
  private readonly kept = new Map<string, Promise<Typeset>>();

  constructor(private readonly typesetter: Typesetter) {}

  addressOf({ slug }: { slug: string }, origin: string): string {
    return `${origin}/c/${slug}`;
  }

  /** @param origin under which people reach the site, for the code that leads to the contest's page */
  poster(contest: ContestDto, origin: string, language: Language): Promise<Print> {
    const url = this.addressOf(contest, origin);
    const data = { ...printFacts(contest, language), url, qr: qrSvg(url), hills: hillsSvg(297, 196) };
    return this.print({ template: posterTemplate, data, as: { kind: 'pdf' } });
  }

  card(contest: ContestDto, shape: CardShape): Promise<Print> {
    const [width, height] = cardSizes[shape];
    const data = {
      ...printFacts(contest, 'zh'),
      width,
      height,
      hills: hillsSvg(width, height, shape === 'square' ? 0.1 : 0.3),
    };
    return this.print({ template: cardTemplate, data, as: { kind: 'jpeg', width } });
  }

  /** Any page that many ask for. */
  async print(sheet: Sheet): Promise<Print> {
    const hash = createHash('sha256').update(JSON.stringify(sheet)).digest('base64url').slice(0, 22);
    const known = this.kept.get(hash);
    const made = known ?? this.typesetter.set(sheet);
    // The one used last stands last; one that failed is not kept.
    this.kept.delete(hash);
    this.kept.set(hash, made);
    if (!known) made.catch(() => this.kept.delete(hash));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(oldest);
    }
    return { bytes: Buffer.from((await made).bytes), hash };
  }
}
