import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Language } from '../common/problem.js';
import type { Contest } from '../contests/contest.entity.js';
import { writeXlsx, type XlsxSheet } from '../documents/xlsx.js';
import { judgingProblem } from '../judging/errors.js';
import { Round } from '../judging/round.entity.js';
import type { Marks } from '../judging/sheet-version.entity.js';
import type { Task } from '../judging/task.entity.js';
import { Fraction } from '../results/arithmetic/fraction.js';
import { SheetCounter } from '../results/arithmetic/aggregate.js';
import { inZone } from './winner-documents.js';

interface SheetRow {
  number: string;
  title: string;
  code: string;
  judge: number;
  state: Task['state'];
  marks: Marks | null;
  comment: string | null;
  saved_at: Date | null;
}

const scoreWords = {
  zh: {
    header: ['编号', '作品标题', '评审代码', '评委', '状态'],
    tail: ['总分', '评语', '最后保存'],
    judge: (n: number) => `评委${n}`,
    open: '未提交',
    submitted: '已提交',
    recused: '回避',
    released: '已调整，不计',
  },
  en: {
    header: ['Number', 'Title', 'Code', 'Judge', 'State'],
    tail: ['Total', 'Comment', 'Last saved'],
    judge: (n: number) => `Judge ${n}`,
    open: 'Not submitted',
    submitted: 'Submitted',
    recused: 'Recused',
    released: 'Reassigned, not counted',
  },
};

/** scores.xlsx: every mark of every closed round, judges as 评委1…n. */
@Injectable()
export class ScoresService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async xlsx({ id: contestId, timeZone }: Contest, language: Language): Promise<Buffer> {
    const rounds = await this.dataSource.manager.find(Round, {
      where: { contestId, status: 'closed' },
      relations: { category: true },
      order: { openedAt: 'ASC' },
    });
    if (rounds.length === 0) throw judgingProblem('ROUND.NOT_FOUND');
    const sheets: XlsxSheet[] = [];
    for (const [index, round] of rounds.entries()) {
      sheets.push(await this.sheet(round, index, timeZone, language));
    }
    return writeXlsx({ sheets });
  }

  private async sheet(round: Round, index: number, timeZone: string, language: Language): Promise<XlsxSheet> {
    const rows = await this.dataSource.query<SheetRow[]>(
      `SELECT s.number, s.title, e.code, p.position + 1 AS judge, t.state, v.marks, v.comment, v.saved_at
         FROM tasks t
         JOIN round_entries e ON e.id = t.entry_id
         JOIN submissions s ON s.id = e.submission_id
         JOIN round_judges p ON p.round_id = t.round_id AND p.judge_id = t.judge_id
         LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
        WHERE t.round_id = $1
        ORDER BY s.number, p.position`,
      [round.id],
    );
    const counter = new SheetCounter(round.criteria);
    const total = ({ state, marks }: SheetRow) => {
      const counted = state === 'submitted' && marks ? counter.count(marks) : null;
      return counted ? Number(Fraction.of(counted.total, counter.unit).toDecimalString(2)) : null;
    };
    const words = scoreWords[language];
    const headWidths = [10, 28, 10, 9, 9];
    const [totalHead, commentHead, savedHead] = words.tail as [string, string, string];
    return {
      name: `${index + 1} ${round.category.name}`,
      columns: [
        ...words.header.map((header, column) => ({ header, width: headWidths[column] })),
        ...round.criteria.map(({ name }) => ({ header: name, width: 9, type: 'number' as const })),
        { header: totalHead, width: 9, type: 'number' as const, format: '0.00' },
        { header: commentHead, width: 30 },
        { header: savedHead, width: 20 },
      ],
      rows: rows.map((row) => [
        row.number,
        row.title,
        row.code,
        words.judge(row.judge),
        words[row.state],
        ...round.criteria.map(({ id }) => row.marks?.[id] ?? null),
        total(row),
        row.comment ?? '',
        row.saved_at ? inZone(row.saved_at, timeZone) : '',
      ]),
    };
  }
}
