import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { holds, type Person } from '../../accounts/access.js';
import { noticeProblem } from './errors.js';
import { ObjectionFile } from './objection.entity.js';

interface Row {
  id: string;
  number: number;
  noticeVersion: number;
  work: { id: string; number: string; title: string } | null;
  name: string;
  phone: string;
  text: string;
  receivedAt: Date;
  files: { id: string; name: string; mime: string; bytes: number }[];
  answer: string;
  answerPublic: boolean;
  answeredAt: Date | null;
  purgeAt: Date;
  purged: boolean;
}

/** Objections as organisers read them. */
@Injectable()
export class ObjectionListService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Those without an answer first, then the newest. */
  async list(contestId: string) {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT o.id, o.number, n.version AS "noticeVersion", o.name, o.phone, o.text, o.received_at AS "receivedAt",
              o.answer, o.answer_public AS "answerPublic", o.answered_at AS "answeredAt",
              o.purge_at AS "purgeAt", o.purged_at IS NOT NULL AS purged,
              CASE WHEN s.id IS NOT NULL
                   THEN json_build_object('id', s.id, 'number', s.number, 'title', s.title) END AS work,
              COALESCE((SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'bytes', f.bytes)
                                        ORDER BY f.position)
                          FROM objection_files f WHERE f.objection_id = o.id AND o.purged_at IS NULL), '[]') AS files
         FROM objections o
         JOIN notices n ON n.id = o.notice_id
         LEFT JOIN submissions s ON s.id = o.submission_id
        WHERE o.contest_id = $1
        ORDER BY o.answered_at IS NOT NULL, o.number DESC`,
      [contestId],
    );
    return rows.map(({ receivedAt, answeredAt, purgeAt, files, ...row }) => ({
      ...row,
      receivedAt: receivedAt.toISOString(),
      answeredAt: answeredAt?.toISOString() ?? null,
      purgeAt: purgeAt.toISOString(),
      files: files.map((file) => ({ ...file, link: `/api/objection-files/${file.id}` })),
    }));
  }

  /** A file of an objection, for an organiser of its contest. */
  async file(person: Person, id: string): Promise<ObjectionFile> {
    const [found] = await this.dataSource.query<(ObjectionFile & { contest: string })[]>(
      `SELECT f.id, f.name, f.mime, f.bytes, o.contest_id AS contest
         FROM objection_files f JOIN objections o ON o.id = f.objection_id WHERE f.id = $1 AND o.purged_at IS NULL`,
      [id],
    );
    if (!found || !holds(person, 'organiser', found.contest)) {
      throw noticeProblem('NOTICE.OBJECTION_NOT_FOUND');
    }
    return found;
  }
}
