import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { ThrottleService } from '../../accounts/throttle.service.js';
import { fitName } from '../../common/file-names.js';
import { maskName } from '../../common/mask.js';
import type { Language } from '../../common/problem.js';
import type { Contest } from '../../contests/contest.entity.js';
import { hillsSvg } from '../../contests/print/hills.js';
import { qrSvg } from '../../documents/qr.js';
import { Typesetter } from '../../documents/typesetting/typesetter.js';
import { sendZip, type ZipEntry } from '../../documents/zip.js';
import { MediaService } from '../../media/media.service.js';
import type { Media, Rendition } from '../../media/media.entity.js';
import { AwardedService } from '../../results/awarded/awarded.service.js';
import { NoticeSettingsService } from '../../results/notice/notice-settings.service.js';
import { StorageService } from '../../storage/storage.service.js';
import { exportProblem } from '../errors.js';
import { Certificate } from './certificate.entity.js';
import { certificateTemplate } from './certificate-template.js';
import { certificateFacts } from './certificate-words.js';
import { CertificateNumbers, type Numbered } from './numbers.service.js';

/** Of the place for the picture, and how much narrower or wider a picture may be that fills it. */
const place = { width: 96, height: 187.2 };
const fills = { least: 0.42, most: 0.8 };
const mountWidth = 80;

/** Everything that the certificates of a contest have in common. */
interface Occasion {
  contest: Contest;
  issuer: string;
  origin: string;
  language: Language;
}

export interface CertificateCheck {
  number: string;
  valid: boolean;
  contest: string;
  slug: string;
  name: string;
  title: string;
  category: string;
  tier: string;
  awardedAt: Date;
}

@Injectable()
export class CertificatesService {
  private readonly logger = new Logger('certificates');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly numbers: CertificateNumbers,
    private readonly awarded: AwardedService,
    private readonly settings: NoticeSettingsService,
    private readonly media: MediaService,
    private readonly storage: StorageService,
    private readonly typesetter: Typesetter,
    private readonly throttle: ThrottleService,
  ) {}

  /** All certificates, with the letters that can't be printed: names and titles that have to be changed, or written by hand. */
  async list(contest: Contest, actorId: string): Promise<(Numbered & { lacking: string[] })[]> {
    const all = await this.numbers.issue(contest, actorId);
    const issuer = await this.settings.issuer(contest);
    const texts = all.map(({ award }) =>
      [award.author, award.title, award.tier, award.category, contest.title, issuer].join('\n'),
    );
    const lacking = await this.typesetter.lacking(texts);
    return all.map((one, index) => ({ ...one, lacking: lacking[index] }));
  }

  async pdf(contest: Contest, actorId: string, number: string, print: PrintOptions): Promise<Buffer> {
    const all = await this.numbers.issue(contest, actorId);
    const found = all.find(({ certificate }) => certificate.number === number);
    if (!found) throw exportProblem('CERTIFICATE.NOT_FOUND');
    return this.set(found, await this.occasion(contest, print), await this.coverOf(found));
  }

  /** All in one archive; each is set when its turn comes. */
  async zip(contest: Contest, actorId: string, print: PrintOptions, response: Response): Promise<void> {
    const all = await this.numbers.issue(contest, actorId);
    const covers = await this.media.ofSubmissions(all.map(({ award }) => award.submissionId));
    const occasion = await this.occasion(contest, print);
    const entries = all.map((one): ZipEntry => {
      const { award, certificate } = one;
      const name = `${award.category}_${award.tier}_${award.number}_${award.author}_${certificate.number}`;
      return {
        path: `${fitName(name)}.pdf`,
        read: async () => Readable.from([await this.set(one, occasion, covers.get(award.submissionId)?.[0])]),
      };
    });
    response.attachment('certificates.zip').type('application/zip').setHeader('Cache-Control', 'no-store');
    await sendZip(entries, response, (reason) => this.logger.warn(`an archive broke off: ${reason}`));
  }

  /** What anybody may know who holds a certificate, or its number. Whoever tries many that are none has to wait. */
  async check(number: string, address: string): Promise<CertificateCheck> {
    await this.throttle.refuseGuesser('certificate', address);
    const certificate = await this.dataSource.manager.findOneBy(Certificate, {
      number: number.trim().toUpperCase().slice(0, 40),
    });
    if (!certificate) {
      await this.throttle.countGuess('certificate', address);
      throw exportProblem('CERTIFICATE.NOT_FOUND');
    }
    const { submissionId, tierId } = certificate;
    const current = await this.awarded.find(submissionId, tierId);
    const [said] = await this.dataSource.query<CertificateCheck[]>(
      `SELECT x.number, c.title AS contest, c.slug, s.title, k.name AS category, t.name AS tier,
              x.awarded_at AS "awardedAt",
              COALESCE((SELECT a.printed_name FROM awards a WHERE a.submission_id = s.id AND a.printed_name IS NOT NULL
                         LIMIT 1), w.name) AS name
         FROM certificates x
         JOIN contests c ON c.id = x.contest_id
         JOIN submissions s ON s.id = x.submission_id
         JOIN authors w ON w.id = s.author_id
         JOIN prize_tiers t ON t.id = x.tier_id
         JOIN categories k ON k.id = t.category_id
        WHERE x.number = $1`,
      [certificate.number],
    );
    return { ...said, name: maskName(said.name), valid: current !== null };
  }

  private async occasion(contest: Contest, print: PrintOptions): Promise<Occasion> {
    return { contest, issuer: await this.settings.issuer(contest), ...print };
  }

  private async coverOf({ award }: Numbered): Promise<Media | undefined> {
    return (await this.media.ofSubmissions([award.submissionId])).get(award.submissionId)?.[0];
  }

  private async set(
    { award, certificate }: Numbered,
    { contest, issuer, origin, language }: Occasion,
    cover: Media | undefined,
  ): Promise<Buffer> {
    const { number, awardedAt } = certificate;
    const picture = cover && pictureOf(cover);
    const bytes = picture && (await this.storage.bytesUnlessLost(picture.rendition.key));
    const { title, timeZone } = contest;
    const facts = certificateFacts(award, { contest: title, timeZone, issuer, number, awardedAt }, language);
    const { bytes: pdf } = await this.typesetter.set({
      template: certificateTemplate,
      data: {
        ...facts,
        qr: qrSvg(`${origin}/check/${number}`),
        picture: bytes ? picture.how : 'hills',
        mountHeight: picture?.mountHeight ?? 0,
        hills: bytes ? '' : hillsSvg(place.width, place.height, 0.5),
      },
      files: bytes ? { picture: bytes } : {},
      as: { kind: 'pdf' },
    });
    return Buffer.from(pdf);
  }
}

export interface PrintOptions {
  /** Under which people reach the site, for the code that leads to where the number is checked. */
  origin: string;
  language: Language;
}

interface Picture {
  rendition: Rendition;
  how: 'fill' | 'mount';
  mountHeight: number;
}

/** The picture to print, and how: on its mount a small copy has more than 170 dots an inch; filling the place takes the large one. */
function pictureOf({ renditions }: Media): Picture | undefined {
  const named = (...names: string[]) => renditions.find(({ name }) => names.includes(name));
  const large = named('preview', 'poster');
  if (!large) return undefined;
  const shape = large.width / large.height;
  const mountHeight = Math.min(mountWidth / shape, 150);
  if (shape >= fills.least && shape <= fills.most) return { rendition: large, how: 'fill', mountHeight };
  return { rendition: named('thumb') ?? large, how: 'mount', mountHeight };
}
