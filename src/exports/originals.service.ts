import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { fitName } from '../common/file-names.js';
import { sendZip, type ZipEntry } from '../documents/zip.js';
import { BetterOriginals } from '../media/better-originals.service.js';
import { MediaService } from '../media/media.service.js';
import type { Media } from '../media/media.entity.js';
import { extensionOf } from '../media/sniff.js';
import { AwardedService, type Awarded } from '../results/awarded/awarded.service.js';
import { originalKey, StorageService } from '../storage/storage.service.js';
import { readDouyinText } from '../submissions/douyin-text.js';

/** How many files are asked for at a time whether they are there. */
const lanes = 20;

/**
 * The winners' originals for the archive, by category and prize: 类别/奖项/编号_作者_标题. Where a winner handed in a
 * better one of the same picture, that.
 */
@Injectable()
export class OriginalsService {
  private readonly logger = new Logger('originals');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly awarded: AwardedService,
    private readonly media: MediaService,
    private readonly better: BetterOriginals,
    private readonly storage: StorageService,
  ) {}

  async send(contestId: string, response: Response): Promise<void> {
    // Refused where nothing is locked.
    await this.awarded.locks(contestId);
    const entries = await this.entries(await this.awarded.list(contestId));
    response.attachment('originals.zip').type('application/zip').setHeader('Cache-Control', 'no-store');
    await sendZip(entries, response, (reason) => this.logger.warn(`an archive broke off: ${reason}`));
  }

  private async entries(awards: Awarded[]): Promise<ZipEntry[]> {
    const ids = awards.map(({ submissionId }) => submissionId);
    const files = await this.media.ofSubmissions(ids);
    const links = await this.links(ids);
    const better = await this.better.of([...files.values()].flat());
    const best = (judged: Media) => {
      const given = better.get(judged.id);
      return given?.state === 'better' ? given.media : judged;
    };
    const originals = awards.flatMap((award) =>
      (files.get(award.submissionId) ?? []).map(best).map((file, index, all) => ({
        file,
        path: `${pathOf(award)}${all.length > 1 ? `_${index + 1}` : ''}.${extensionOf(file.mime)}`,
      })),
    );
    const lost = await this.lost(originals.map(({ file }) => file));
    const kept = originals.filter(({ file }) => !lost.has(file.id));
    const gone = originals.filter(({ file }) => lost.has(file.id));
    return [
      // As `sha256sum -c` reads it.
      text('SHA256SUMS.txt', kept.map(({ file, path }) => `${file.sha256}  ${path}\n`).join('')),
      ...(gone.length > 0
        ? [text('缺失-MISSING.txt', gone.map(({ file, path }) => `${file.sha256}  ${path}\n`).join(''))]
        : []),
      ...awards.flatMap((award) => {
        const link = links.get(award.submissionId);
        return link ? [text(`${pathOf(award)}.txt`, `${link}\n`)] : [];
      }),
      ...kept.map(({ file, path }): ZipEntry => ({
        path,
        bytes: file.bytes,
        at: file.createdAt,
        read: async () => (await this.storage.read(originalKey(file.sha256))).stream,
      })),
    ];
  }

  /** One that is lost must not keep the others back, and the archive's length has to be known before its first byte. */
  private async lost(files: Media[]): Promise<Set<string>> {
    const lost = new Set<string>();
    for (let from = 0; from < files.length; from += lanes) {
      await Promise.all(
        files.slice(from, from + lanes).map(async ({ id, sha256, bytes }) => {
          if ((await this.storage.size(originalKey(sha256))) !== bytes) lost.add(id);
        }),
      );
    }
    return lost;
  }

  /** Works of links have no file: the link stands for it. */
  private async links(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ id: string; text: string }[]>(
      `SELECT s.id, s.douyin_text AS text FROM submissions s WHERE s.id = ANY($1) AND s.douyin_text <> ''`,
      [ids],
    );
    return new Map(
      rows.flatMap(({ id, text: pasted }) => {
        const { link } = readDouyinText(pasted);
        return link ? [[id, link] as const] : [];
      }),
    );
  }
}

function pathOf({ category, tier, number, author, title }: Awarded): string {
  return [category, tier, `${number}_${author}_${title}`].map(fitName).join('/');
}

function text(path: string, content: string): ZipEntry {
  const bytes = Buffer.from(content);
  return { path, bytes: bytes.length, read: () => Promise.resolve(Readable.from([bytes])) };
}
