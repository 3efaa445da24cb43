import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Community } from '../contests/community.entity.js';
import { Subject } from '../contests/subject.entity.js';
import { otherCommunity } from '../contests/seed/tianyuan.js';
import { readDouyinText } from './douyin-text.js';
import type { SubmissionFields } from './dto.js';
import { submissionProblem } from './errors.js';
import type { Submission } from './submission.entity.js';

/** The columns that an entrant's words become. */
export type ResolvedFields = Partial<
  Pick<
    Submission,
    | 'title'
    | 'story'
    | 'communityId'
    | 'communityName'
    | 'subjectId'
    | 'takenOn'
    | 'takenPlace'
    | 'douyinText'
    | 'douyinVideoId'
    | 'douyinShortCode'
    | 'authorId'
    | 'authorAgreedAt'
  >
>;

/** Finds what the words of a form name: the community, the subject, the author. */
@Injectable()
export class SubmissionFieldsService {
  async resolve(
    manager: EntityManager,
    contestId: string,
    fields: SubmissionFields,
  ): Promise<ResolvedFields> {
    const resolved: ResolvedFields = {};
    if (fields.title !== undefined) resolved.title = fields.title;
    if (fields.story !== undefined) resolved.story = fields.story;
    if (fields.takenOn !== undefined) resolved.takenOn = fields.takenOn || null;
    if (fields.takenPlace !== undefined) resolved.takenPlace = fields.takenPlace;
    if (fields.douyinText !== undefined) {
      const { videoId, shortCode } = readDouyinText(fields.douyinText);
      resolved.douyinText = fields.douyinText;
      resolved.douyinVideoId = videoId;
      resolved.douyinShortCode = shortCode;
    }
    if (fields.community !== undefined) {
      Object.assign(
        resolved,
        await this.community(manager, contestId, fields.community, fields.communityName),
      );
    }
    if (fields.subject !== undefined) {
      resolved.subjectId =
        fields.subject === '' ? null : await this.subject(manager, contestId, fields.subject);
    }
    if (fields.author) resolved.authorId = await this.author(manager, contestId, fields.author);
    if (fields.authorAgreed !== undefined) {
      const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
      resolved.authorAgreedAt = fields.authorAgreed ? now : null;
    }
    return resolved;
  }

  /** The author of this name and phone, made where the contest has none yet; locked until the transaction ends. */
  private async author(
    manager: EntityManager,
    contestId: string,
    { name, phone }: { name: string; phone: string },
  ): Promise<string> {
    const [author] = await manager.query<{ id: string }[]>(
      `INSERT INTO authors (contest_id, name, phone) VALUES ($1, $2, $3)
       ON CONFLICT (contest_id, name, phone) DO UPDATE SET name = EXCLUDED.name RETURNING id`,
      [contestId, name, phone],
    );
    return author.id;
  }

  private async community(manager: EntityManager, contestId: string, given: string, written?: string) {
    if (given === '') return { communityId: null, communityName: null };
    const community = await manager
      .createQueryBuilder(Community, 'community')
      .where('community.contest_id = :contestId', { contestId })
      .andWhere(
        '(community.id::text = :given OR community.name = :given OR community.street || community.name = :given)',
        { given },
      )
      .getOne();
    if (!community) throw submissionProblem('SUBMISSION.COMMUNITY_UNKNOWN', { community: given });
    const other = community.name === otherCommunity;
    return { communityId: community.id, communityName: other && written ? written : null };
  }

  private async subject(manager: EntityManager, contestId: string, given: string): Promise<string> {
    const subject = await manager
      .createQueryBuilder(Subject, 'subject')
      .where('subject.contest_id = :contestId', { contestId })
      .andWhere('(subject.id::text = :given OR subject.name = :given)', { given })
      .getOne();
    if (!subject) throw submissionProblem('SUBMISSION.SUBJECT_UNKNOWN', { subject: given });
    return subject.id;
  }
}
