import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { holds, type Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import type { Contest, GalleryMode } from '../../contests/contest.entity.js';
import { MediaLinksService } from '../../media/media-links.service.js';
import { MediaService } from '../../media/media.service.js';
import { resultProblem } from '../errors.js';
import type { GalleryWork } from './gallery-dto.js';

interface Shown {
  publication: string;
  id: string;
  title: string;
  author: string;
  prize: string;
  category: string;
}

/** Works that may be shown: they stand, a locked result gave them a prize, and their account wasn't given up. */
const awarded = `
  submissions s
    JOIN awards a ON a.submission_id = s.id
    JOIN results r ON r.id = a.result_id AND r.status = 'locked'
  WHERE s.status = 'accepted' AND s.anonymised_at IS NULL`;

/** The gallery of winners: nothing is in it unless the organiser has switched it on, and not what they took out. */
@Injectable()
export class GalleryService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
    private readonly audit: AuditService,
  ) {}

  /** In the order of categories and prizes, with links that are everybody's. */
  async works(contest: Contest): Promise<GalleryWork[]> {
    if (contest.gallery === 'off') return [];
    const rows = await this.dataSource.query<Shown[]>(
      `SELECT p.id AS publication, s.id, s.title, u.name AS author, t.name AS prize, k.name AS category
         FROM publications p
         JOIN submissions s ON s.id = p.submission_id AND s.status = 'accepted'
         JOIN awards a ON a.submission_id = s.id
         JOIN results r ON r.id = a.result_id AND r.status = 'locked'
         JOIN prize_tiers t ON t.id = a.tier_id
         JOIN categories k ON k.id = s.category_id
         JOIN authors w ON w.id = s.author_id
         JOIN authors u ON u.id = COALESCE(w.merged_into, w.id)
        WHERE p.contest_id = $1
        ORDER BY k.position, t.position, a.position`,
      [contest.id],
    );
    const files = await this.media.ofSubmissions(rows.map(({ id }) => id));
    return rows.map(({ publication, id, ...work }) => ({
      id: publication,
      ...work,
      files: (files.get(id) ?? [])
        .filter(({ status }) => status === 'ready')
        .map((file) => ({
          kind: file.kind,
          width: file.width,
          height: file.height,
          durationMs: file.durationMs,
          placeholder: file.placeholder,
          links: this.links.mintPublic(file, publication),
        })),
    }));
  }

  /** Switched on, every winner of a locked result is published; off, every public link is dead at once. */
  async show(person: Person, contestId: string, mode: GalleryMode): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [contest] = await manager.query<{ gallery: GalleryMode }[]>(
        'SELECT gallery FROM contests WHERE id = $1 FOR NO KEY UPDATE',
        [contestId],
      );
      if (contest.gallery === mode) return;
      await manager.query('UPDATE contests SET gallery = $2 WHERE id = $1', [contestId, mode]);
      if (mode === 'off') await manager.query('DELETE FROM publications WHERE contest_id = $1', [contestId]);
      else await this.publishAwarded(manager, contestId);
      await this.record(manager, person, contestId, `gallery.${mode}`, {});
    });
  }

  /** A result was just locked, in the caller's transaction: where the gallery is on its winners enter it. */
  async follow(manager: EntityManager, contestId: string, resultId: string): Promise<void> {
    const [contest] = await manager.query<{ gallery: GalleryMode }[]>(
      'SELECT gallery FROM contests WHERE id = $1 FOR NO KEY UPDATE',
      [contestId],
    );
    if (contest.gallery === 'results') await this.publishAwarded(manager, contestId, resultId);
  }

  /** Takes one work out, or puts it back in. */
  async publish(person: Person, submissionId: string, published: boolean): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [work] = await manager.query<{ contest_id: string }[]>(
        `SELECT s.contest_id FROM ${awarded} AND s.id = $1`,
        [submissionId],
      );
      if (!work || !holds(person, 'organiser', work.contest_id)) throw resultProblem('GALLERY.NOT_AWARDED');
      const [contest] = await manager.query<{ gallery: GalleryMode }[]>(
        'SELECT gallery FROM contests WHERE id = $1 FOR NO KEY UPDATE',
        [work.contest_id],
      );
      if (contest.gallery === 'off') throw resultProblem('GALLERY.OFF');
      const [, changed] = published
        ? [null, await this.publishOne(manager, work.contest_id, submissionId)]
        : await manager.query<[unknown, number]>('DELETE FROM publications WHERE submission_id = $1', [
            submissionId,
          ]);
      if (changed === 0) return;
      const action = published ? 'gallery.work-in' : 'gallery.work-out';
      await this.record(manager, person, work.contest_id, action, { submission: submissionId });
    });
  }

  private async publishOne(manager: EntityManager, contestId: string, id: string): Promise<number> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO publications (id, contest_id, submission_id, published_at)
       VALUES (gen_random_uuid(), $1, $2, dingge_now()) ON CONFLICT DO NOTHING RETURNING id`,
      [contestId, id],
    );
    return rows.length;
  }

  private async publishAwarded(
    manager: EntityManager,
    contestId: string,
    resultId: string | null = null,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO publications (id, contest_id, submission_id, published_at)
       SELECT gen_random_uuid(), s.contest_id, s.id, dingge_now() FROM ${awarded}
          AND s.contest_id = $1 AND ($2::uuid IS NULL OR r.id = $2)
       ON CONFLICT DO NOTHING`,
      [contestId, resultId],
    );
  }

  private record(
    manager: EntityManager,
    person: Person,
    contestId: string,
    action: string,
    facts: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.append(manager, { contestId, actorId: person.account.id, action, facts });
  }
}
