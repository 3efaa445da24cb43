import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Fingerprint } from './fingerprint/fingerprint.js';
import { bitsOf, hexOf, mirrored } from './fingerprint/hash.js';
import { likeness, similarFrom } from './fingerprint/likeness.js';
import { showsAll } from './fingerprint/views.js';
import { nearHashesSql } from './hash-search.js';
import type { Media } from './media.entity.js';

/** Of the files whose hashes are near, so many of the nearest are compared; and so many pairs a file has at most. */
const comparedAtMost = 50;

type File = Pick<Media, 'id' | 'contestId'>;

/** Finds files of a contest that are or look the same, and keeps them as pairs. Nothing here is written twice. */
@Injectable()
export class NearDuplicates {
  /**
   * In the transaction that takes a file in, under the lock on its content: of two equal files that arrive at the
   * same time one waits for the other, and then sees it.
   */
  async recordExact(manager: EntityManager, { id, contestId, sha256 }: File & Pick<Media, 'sha256'>) {
    await manager.query(
      `INSERT INTO near_duplicates (contest_id, first_id, second_id, kind, likeness)
       SELECT $2, LEAST(id, $1), GREATEST(id, $1), 'exact', 1
         FROM media WHERE sha256 = $3 AND contest_id = $2 AND live AND id <> $1
       ON CONFLICT (first_id, second_id) DO NOTHING`,
      [id, contestId, sha256],
    );
  }

  /**
   * In the transaction that makes a file ready: keeps its hashes, then looks for others like it. One file of a
   * contest at a time, so that of two that become ready together the later one sees the earlier.
   */
  async recordNear(manager: EntityManager, file: File, fingerprint: Fingerprint): Promise<void> {
    if (fingerprint.length === 0) return;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('near duplicates ' || $1, 0))`, [
      file.contestId,
    ]);
    await this.keepHashes(manager, file, fingerprint);
    const found: { id: string; score: number }[] = [];
    for (const other of await this.candidates(manager, file, fingerprint)) {
      const score = likeness(fingerprint, other.fingerprint);
      if (score !== null && score >= similarFrom) found.push({ id: other.id, score });
    }
    if (found.length === 0) return;
    await manager.query(
      `INSERT INTO near_duplicates (contest_id, first_id, second_id, kind, likeness)
       SELECT $2, LEAST(id, $1), GREATEST(id, $1), 'near', score
         FROM unnest($3::uuid[], $4::real[]) AS found (id, score)
       ON CONFLICT (first_id, second_id) DO NOTHING`,
      [file.id, file.contestId, found.map(({ id }) => id), found.map(({ score }) => score)],
    );
  }

  private async keepHashes(manager: EntityManager, file: File, fingerprint: Fingerprint): Promise<void> {
    const rows = fingerprint.flatMap(({ hashes }, frame) =>
      hashes.map((hash, view) => ({ frame, view, whole: showsAll(view), hash })),
    );
    await manager.query(
      `INSERT INTO media_hashes (media_id, contest_id, frame, view, whole, hash)
       SELECT $1, $2, frame, view, whole, ('x' || hash)::bit(64)::bigint
         FROM unnest($3::smallint[], $4::smallint[], $5::boolean[], $6::text[]) AS row (frame, view, whole, hash)
       ON CONFLICT (media_id, frame, view) DO NOTHING`,
      [
        file.id,
        file.contestId,
        rows.map(({ frame }) => frame),
        rows.map(({ view }) => view),
        rows.map(({ whole }) => whole),
        rows.map(({ hash }) => hash),
      ],
    );
  }

  /** Other live files with a hash near one of these, the nearest first. */
  private candidates(
    manager: EntityManager,
    file: File,
    fingerprint: Fingerprint,
  ): Promise<{ id: string; fingerprint: Fingerprint }[]> {
    const whole = fingerprint.flatMap(({ hashes }) => hashes.filter((_, view) => showsAll(view)));
    const parts = fingerprint.flatMap(({ hashes }) => hashes.filter((_, view) => !showsAll(view)));
    return manager.query(
      `SELECT media.id, media.fingerprint FROM (${nearHashesSql}) AS near JOIN media ON media.id = near.media_id
        WHERE media.live AND media.id <> $4
        GROUP BY media.id ORDER BY min(near.differing), media.id LIMIT $5`,
      [file.contestId, withMirrored(whole), withMirrored(parts), file.id, comparedAtMost],
    );
  }
}

function withMirrored(hashes: string[]): string[] {
  return [...new Set(hashes.flatMap((hash) => [hash, hexOf(mirrored(bitsOf(hash)))]))];
}
