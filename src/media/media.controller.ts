import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiExcludeController } from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { Access } from '../accounts/access.js';
import { hashToken, readSessionToken } from '../accounts/sessions.service.js';
import { originalKey } from '../storage/storage.service.js';
import { mediaProblem } from './errors.js';
import { FileSender, type SentFile } from './file-sender.js';
import type { LinkClaims } from './links.js';
import { MediaLinksService } from './media-links.service.js';
import type { Rendition } from './media.entity.js';
import { WholeSizes } from './whole-sizes.service.js';

interface Found {
  renditions: Rendition[];
  sha256: string;
  bytes: string;
  original_name: string;
}

/** Serves bytes to whoever holds a live link, of their own or everybody's: one signature and one query, no roles. */
@ApiExcludeController()
@Controller('media')
export class MediaController {
  constructor(
    private readonly links: MediaLinksService,
    private readonly sender: FileSender,
    private readonly wholeSizes: WholeSizes,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Get(':token')
  @Access('link')
  async serve(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const claims = this.links.codec.read(token);
    const found = claims && (await this.find(claims, readSessionToken(request)));
    if (!found) throw mediaProblem('MEDIA.LINK_DEAD');
    // The file's own time would tell a judge the order of submission: the tag comes from the link alone.
    const etag = `"${createHash('sha256').update(token).digest('base64url').slice(0, 22)}"`;
    const rendition = found.renditions.find(({ name }) => name === claims.rendition);
    // What was taken back is to be gone from people's own caches soon, too.
    const maxAge = claims.accountId === null ? 300 : undefined;
    // Nobody's link leads to an original, whoever minted it.
    if (claims.rendition === 'original' && claims.accountId === null) throw mediaProblem('MEDIA.LINK_DEAD');
    if (claims.rendition === 'original') await this.sender.send(originalOf(found, etag), request, response);
    else if (rendition) await this.sender.send({ ...rendition, etag, maxAge }, request, response);
    else if (claims.rendition === 'full') await this.awaitWhole(claims.mediaId, response);
    else throw mediaProblem('MEDIA.LINK_DEAD');
  }

  /** It is made when it is first asked for: whoever gets 202 asks again. */
  private async awaitWhole(mediaId: string, response: Response): Promise<void> {
    const status = await this.wholeSizes.ask(mediaId);
    if (status === 'failed') throw mediaProblem('MEDIA.WHOLE_SIZE_FAILED');
    response.status(202).set({ 'Cache-Control': 'no-store', 'Retry-After': '1' }).json({ state: 'making' });
  }

  private async find(
    { mediaId, accountId, grant, expires }: LinkClaims,
    session: string | null,
  ): Promise<Found | undefined> {
    if (accountId === null) {
      const [published] = await this.dataSource.query<Found[]>(
        `SELECT m.renditions, m.sha256, m.bytes, m.original_name
           FROM publications p JOIN media m ON m.submission_id = p.submission_id AND m.live
          WHERE p.id = $1 AND m.id = $2 AND to_timestamp($3) > dingge_now()`,
        [grant, mediaId, expires],
      );
      return published;
    }
    if (!session) return undefined;
    const [own] = await this.dataSource.query<Found[]>(
      `SELECT m.renditions, m.sha256, m.bytes, m.original_name
         FROM sessions s
         JOIN accounts a ON a.id = s.account_id AND a.disabled_at IS NULL
         JOIN media m ON m.id = $2
              AND (m.live OR EXISTS (SELECT FROM better_originals b WHERE b.media_id = m.id))
        WHERE s.token_hash = $1 AND s.account_id = $3 AND s.expires_at > dingge_now()
          AND to_timestamp($4) > dingge_now()
          AND NOT EXISTS (SELECT FROM revoked_grants g WHERE g.id = $5)`,
      [hashToken(session), mediaId, accountId, expires, grant],
    );
    return own;
  }
}

function originalOf({ sha256, bytes, original_name: attachment }: Found, etag: string): SentFile {
  return {
    key: originalKey(sha256),
    // It is whatever somebody sent, by no name that a browser would open it under.
    mime: 'application/octet-stream',
    bytes: Number(bytes),
    etag,
    attachment,
  };
}
