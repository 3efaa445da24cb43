import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { commonProblem } from '../common/problem.js';
import { announcedLength } from '../media/announced-length.js';
import { BetterOriginals, type Better } from '../media/better-originals.service.js';
import { mediaProblem } from '../media/errors.js';
import { MediaLinksService } from '../media/media-links.service.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import { MultipartDoor } from '../submissions/multipart-door.js';
import type { OriginalView, WinnerFile } from './dto.js';
import { winnerProblem } from './errors.js';
import { PayeesService } from './payees.service.js';

/** Of one file: more than a contest takes, for what was sent then may have been made smaller for it. */
const maxBytes = 200_000_000;
/** What the form may hold beside it. */
const overheadBytes = 100_000;

/** Better originals that winners hand in through their links. */
@Injectable()
export class WinnerOriginals {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly payees: PayeesService,
    private readonly media: MediaService,
    private readonly better: BetterOriginals,
    private readonly links: MediaLinksService,
    private readonly door: MultipartDoor,
    private readonly audit: AuditService,
  ) {}

  /** The photos of a work, with what was handed in for each. */
  async ofWork(submissionId: string): Promise<WinnerFile[]> {
    const judged = await this.photos([submissionId]);
    const better = await this.better.of(judged);
    return judged.map((file) => {
      const given = better.get(file.id);
      return {
        position: file.position,
        ...sizeOf(file),
        better: given ? { state: given.state, ...sizeOf(given.media) } : null,
      };
    });
  }

  /** What was handed in, as the desk sees it, by work. */
  async ofWorks(submissionIds: string[], accountId: string): Promise<Map<string, OriginalView[]>> {
    const judged = await this.photos(submissionIds);
    const better = await this.better.of(judged);
    const views = judged.flatMap((file) => {
      const given = better.get(file.id);
      return given ? [{ submissionId: file.submissionId, view: this.view(file, given, accountId) }] : [];
    });
    return new Map(
      [...Map.groupBy(views, ({ submissionId }) => submissionId)].map(([id, own]) => [
        id,
        own.map(({ view }) => view),
      ]),
    );
  }

  /** Takes a file in for the photo at a place of the link's work; the one that came for it before goes. */
  async receive(token: string, position: number, request: Request, response: Response): Promise<void> {
    const { payee } = await this.payees.look(token, request.ip ?? '');
    const judged = (await this.photos([payee.submissionId])).find((file) => file.position === position);
    if (!judged) throw winnerProblem('PAYEE.NO_SUCH_PHOTO');
    refuseByLength(request);
    const plan = { maxFiles: 1, rulesFor: () => ({ kind: 'image' as const, maxBytes }) };
    const { files } = await this.door.receive(request, response, plan);
    try {
      if (files.length === 0) throw commonProblem('REQUEST.MALFORMED');
      const { taken, freed } = await this.media.staged(files, () =>
        this.dataSource.transaction(async (manager) => {
          await this.payees.requireLive(manager, token);
          const done = await this.better.take(manager, judged, files[0]);
          await this.audit.append(manager, {
            ...{ contestId: payee.contestId, actorId: null, action: 'payee.original_received' },
            facts: {
              payee: payee.id,
              submission: payee.submissionId,
              judged: judged.id,
              sha256: files[0].sha256,
            },
          });
          return done;
        }),
      );
      await this.media.enqueue([taken]);
      await this.media.discard(freed);
    } finally {
      // What storage took is no longer there.
      await this.door.drop(files);
    }
  }

  private async photos(submissionIds: string[]): Promise<Media[]> {
    const files = await this.media.ofSubmissions(submissionIds);
    return [...files.values()].flat().filter(({ kind, status }) => kind === 'image' && status === 'ready');
  }

  private view(judged: Media, { media, state }: Better, accountId: string): OriginalView {
    const { small = null, original = null } = this.links.mint(media, accountId, { original: true });
    return {
      position: judged.position,
      state,
      ...sizeOf(media),
      judged: sizeOf(judged),
      links: { small, original },
    };
  }
}

function sizeOf({ bytes, width, height }: Media): {
  bytes: number;
  width: number | null;
  height: number | null;
} {
  return { bytes: Number(bytes), width, height };
}

/** Before a byte is read. */
function refuseByLength(request: Request): void {
  if (announcedLength(request) > maxBytes + overheadBytes) {
    throw mediaProblem('MEDIA.TOO_LARGE', { limit: maxBytes / 1e6 });
  }
}
