import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Brackets, DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { Account } from '../accounts/account.entity.js';
import { maskContact } from '../common/mask.js';
import { decodeCursor, encodeCursor } from '../common/pagination.js';
import type { Language } from '../common/problem.js';
import type { Contest } from '../contests/contest.entity.js';
import { MediaLinksService } from '../media/media-links.service.js';
import { MediaService } from '../media/media.service.js';
import { ReceiptsService } from '../submissions/receipts.service.js';
import { viewSubmission } from '../submissions/submission-view.js';
import { Submission, type SubmissionStatus } from '../submissions/submission.entity.js';
import { deskChecks, seenLinks } from './desk-checks.js';
import type { DeskDto, DeskQueryDto } from './dto.js';
import { fileFacts } from './file-facts.js';
import { LookAlikesService } from './look-alikes.service.js';

const tabs: Record<DeskQueryDto['status'], SubmissionStatus[]> = {
  pending: ['submitted'],
  returned: ['returned'],
  accepted: ['accepted'],
  rejected: ['rejected', 'disqualified'],
  all: ['submitted', 'returned', 'accepted', 'rejected', 'disqualified'],
};

/** The list on the organiser's desk: what came in, in the order in which it came. */
@Injectable()
export class DeskService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
    private readonly lookAlikes: LookAlikesService,
    private readonly receipts: ReceiptsService,
  ) {}

  async list(me: Person, contest: Contest, query: DeskQueryDto, language: Language): Promise<DeskDto> {
    const contestId = contest.id;
    const search = this.search(contestId, query);
    const key = decodeCursor(query.cursor)?.[0];
    const after = Number.isSafeInteger(key) ? key : 0;
    const works = await search
      .clone()
      .andWhere('submission.status IN (:...statuses)', { statuses: tabs[query.status] })
      .andWhere('submission.submitted_seq > :after', { after })
      .leftJoinAndSelect('submission.community', 'community')
      .leftJoinAndSelect('submission.subject', 'subject')
      .orderBy('submission.submittedSeq', 'ASC')
      .take(query.limit + 1)
      .getMany();
    const page = works.slice(0, query.limit);
    const ids = page.map(({ id }) => id);
    const media = await this.media.ofSubmissions(ids);
    const senders = await this.senders(page);
    const lookAlikes = await this.lookAlikes.of(me, ids);
    const seen = await seenLinks(this.dataSource, ids);
    return {
      items: page.map((work) => {
        const files = media.get(work.id) ?? [];
        const view = viewSubmission(
          work,
          files,
          contest,
          (file) => this.links.mint(file, me.account.id, { original: true }),
          this.receipts.pathOf(work),
          language,
        );
        const sender = senders.get(work.accountId);
        const alike = lookAlikes.get(work.id) ?? [];
        const numbers = [...new Set(alike.map(({ other }) => other.number))].filter((n) => n !== work.number);
        return {
          ...view,
          media: view.media.map((file, index) => ({ ...file, facts: fileFacts(files[index].facts) })),
          author: { ...view.author, phone: maskContact(view.author.phone) },
          checks: [
            ...view.checks,
            ...deskChecks({
              alike: numbers,
              seen: seen.get(work.id) ?? [],
              authorAsked: work.authorAgreedAt !== null || isSelf(work.author, sender),
            }),
          ],
          sentBy: { name: sender?.name ?? '' },
          duplicates: numbers.sort(),
          lookAlikes: alike,
        };
      }),
      counts: await this.counts(search),
      next: works.length > page.length ? encodeCursor([page.at(-1)!.submittedSeq!]) : null,
    };
  }

  private search(contestId: string, { category, q }: DeskQueryDto): SelectQueryBuilder<Submission> {
    const search = this.dataSource
      .createQueryBuilder(Submission, 'submission')
      .innerJoinAndSelect('submission.category', 'category')
      .innerJoinAndSelect('submission.author', 'author')
      .where('submission.contest_id = :contestId', { contestId });
    if (category) search.andWhere('category.key = :category', { category });
    const words = q?.trim();
    if (words) {
      const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
      search.andWhere(
        new Brackets((any) =>
          any
            .where('submission.number ILIKE :pattern', { pattern })
            .orWhere('submission.title ILIKE :pattern', { pattern })
            .orWhere('author.name ILIKE :pattern', { pattern })
            .orWhere('author.phone LIKE :pattern', { pattern }),
        ),
      );
    }
    return search;
  }

  private async counts(search: SelectQueryBuilder<Submission>): Promise<DeskDto['counts']> {
    const rows = await search
      .clone()
      .select('submission.status', 'status')
      .addSelect('count(*)::int', 'works')
      .groupBy('submission.status')
      .getRawMany<{ status: SubmissionStatus; works: number }>();
    const count = (tab: DeskQueryDto['status']) =>
      rows.filter(({ status }) => tabs[tab].includes(status)).reduce((sum, { works }) => sum + works, 0);
    return {
      pending: count('pending'),
      returned: count('returned'),
      accepted: count('accepted'),
      rejected: count('rejected'),
      all: count('all'),
    };
  }

  private async senders(works: Submission[]): Promise<Map<string, Account>> {
    const ids = [...new Set(works.map(({ accountId }) => accountId))];
    if (ids.length === 0) return new Map();
    const accounts = await this.dataSource
      .createQueryBuilder(Account, 'account')
      .where('account.id IN (:...ids)', { ids })
      .getMany();
    return new Map(accounts.map((account) => [account.id, account]));
  }
}

/** By the phone, or what stands for it where an account has none. */
function isSelf(author: Submission['author'], sender: Account | undefined): boolean {
  return sender !== undefined && [sender.phone, sender.email, sender.id].includes(author.phone);
}
