import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { samePictureFrom } from '../media/fingerprint/likeness.js';
import { MediaLinksService } from '../media/media-links.service.js';
import { Media } from '../media/media.entity.js';
import { NearDuplicate } from '../media/near-duplicate.entity.js';
import { submissionProblem } from '../submissions/errors.js';
import { Submission } from '../submissions/submission.entity.js';
import type { Certainty, LookAlike } from './dto.js';
import { screeningProblem } from './errors.js';

/** A pair as seen from one of its works. */
interface PairRow {
  submission_id: string;
  pair: string;
  kind: 'exact' | 'near';
  likeness: number;
  media_id: string;
  place: number;
  other_media_id: string;
  other_place: number;
  other_files: number;
  other_id: string;
  other_number: string;
  other_title: string;
  other_status: LookAlike['other']['status'];
  other_author: string;
  other_submitted_at: Date | null;
}

/** Files that are, or look, the same: what the desk shows of them. Only organisers ever learn of it. */
@Injectable()
export class LookAlikesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly links: MediaLinksService,
    private readonly audit: AuditService,
  ) {}

  /**
   * What each work's files look like, the surest first: files of other works on the desk and of the work itself.
   * Files taken out, works withdrawn or not sent in, and pairs that an organiser dismissed don't count.
   */
  async of(me: Person, submissionIds: string[]): Promise<Map<string, LookAlike[]>> {
    const found = new Map<string, LookAlike[]>(submissionIds.map((id) => [id, []]));
    const rows = await this.rows(submissionIds);
    const files = await this.files(rows);
    for (const row of rows) {
      const file = files.get(row.other_media_id);
      if (!file) continue;
      found.get(row.submission_id)?.push({
        pair: row.pair,
        certainty: certaintyOf(row),
        mediaId: row.media_id,
        place: row.place,
        other: {
          id: row.other_id,
          number: row.other_number,
          title: row.other_title,
          status: row.other_status,
          author: row.other_author,
          submittedAt: row.other_submitted_at?.toISOString() ?? null,
          mediaId: row.other_media_id,
          place: row.other_place,
          files: row.other_files,
          width: file.width,
          height: file.height,
          placeholder: file.placeholder,
          links: this.links.mint(file, me.account.id),
        },
      });
    }
    return found;
  }

  /** The same of one work, for a page that has it from elsewhere than the desk's list. */
  async ofOne(me: Person, id: string): Promise<LookAlike[]> {
    const submission = await this.dataSource.manager.findOneBy(Submission, { id });
    if (!submission || !holds(me, 'organiser', submission.contestId)) {
      throw submissionProblem('SUBMISSION.NOT_FOUND');
    }
    return (await this.of(me, [id])).get(id) ?? [];
  }

  /** Takes a pair off the desk, or puts it back; a second click changes nothing. */
  async dismiss(me: Person, pairId: string, dismissed: boolean): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const pair = await manager.findOne(NearDuplicate, {
        where: { id: pairId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!pair || !holds(me, 'organiser', pair.contestId)) {
        throw screeningProblem('SCREENING.PAIR_NOT_FOUND');
      }
      if ((pair.dismissedAt !== null) === dismissed) return;
      await manager.query(
        `UPDATE near_duplicates SET dismissed_at = CASE WHEN $2 THEN dingge_now() END, dismissed_by = $3 WHERE id = $1`,
        [pairId, dismissed, dismissed ? me.account.id : null],
      );
      await this.audit.append(manager, {
        contestId: pair.contestId,
        actorId: me.account.id,
        action: dismissed ? 'duplicate.dismissed' : 'duplicate.restored',
        facts: { media: [pair.firstId, pair.secondId], kind: pair.kind },
      });
    });
  }

  /** Each pair once for each of the works; within one work once, from the file that comes first. */
  private rows(submissionIds: string[]): Promise<PairRow[]> {
    if (submissionIds.length === 0) return Promise.resolve([]);
    return this.dataSource.query<PairRow[]>(
      `WITH sides AS (
         SELECT id, kind, likeness, first_id AS mine, second_id AS theirs FROM near_duplicates WHERE dismissed_at IS NULL
         UNION ALL
         SELECT id, kind, likeness, second_id, first_id FROM near_duplicates WHERE dismissed_at IS NULL
       ), seen AS (
         SELECT mine.submission_id, pair.id AS pair, pair.kind, pair.likeness, mine.id AS media_id,
                ${placeOf('mine')} AS place, theirs.id AS other_media_id, ${placeOf('theirs')} AS other_place,
                theirs.submission_id AS other_id
           FROM media mine JOIN sides pair ON pair.mine = mine.id JOIN media theirs ON theirs.id = pair.theirs
          WHERE mine.submission_id = ANY($1) AND mine.live AND theirs.live
       )
       SELECT seen.*, other.number AS other_number, other.title AS other_title, other.status AS other_status,
              author.name AS other_author, other.submitted_at AS other_submitted_at,
              (SELECT count(*)::int FROM media f WHERE f.submission_id = other.id AND f.live) AS other_files
         FROM seen JOIN submissions other ON other.id = seen.other_id JOIN authors author ON author.id = other.author_id
        WHERE other.number IS NOT NULL AND other.status NOT IN ('draft', 'withdrawn')
          AND (seen.submission_id <> seen.other_id OR seen.place < seen.other_place)
        ORDER BY kind = 'exact' DESC, likeness DESC, other_number, place, other_place`,
      [submissionIds],
    );
  }

  private async files(rows: PairRow[]): Promise<Map<string, Media>> {
    const ids = [...new Set(rows.map((row) => row.other_media_id))];
    if (ids.length === 0) return new Map();
    const files = await this.dataSource.manager.find(Media, { where: { id: In(ids) } });
    return new Map(files.map((file) => [file.id, file]));
  }
}

function certaintyOf({ kind, likeness }: PairRow): Certainty {
  if (kind === 'exact') return 'same_file';
  return likeness >= samePictureFrom ? 'same_picture' : 'similar';
}

/** Which of its work's files one is, from 1, in the order in which they are shown. */
function placeOf(file: string): string {
  return `(SELECT count(*)::int FROM media f WHERE f.submission_id = ${file}.submission_id AND f.live
            AND (f.position, f.created_at, f.id) <= (${file}.position, ${file}.created_at, ${file}.id))`;
}
