import { Injectable } from '@nestjs/common';
import type { Person } from '../accounts/access.js';
import { maskContact } from '../common/mask.js';
import type { Language } from '../common/problem.js';
import { ContestsService } from '../contests/contests.service.js';
import { MediaLinksService } from '../media/media-links.service.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import type { SubmissionView } from './dto.js';
import { OwnChecksService } from './own-checks.service.js';
import { ReceiptsService } from './receipts.service.js';
import { viewSubmission } from './submission-view.js';
import { SubmissionsService } from './submissions.service.js';

/** Works with their files and with links minted for whoever looks: owners and organisers, originals included, phones whole only for owners. */
@Injectable()
export class SubmissionViews {
  constructor(
    private readonly submissions: SubmissionsService,
    private readonly contests: ContestsService,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
    private readonly checks: OwnChecksService,
    private readonly receipts: ReceiptsService,
  ) {}

  async view(me: Person, id: string, language: Language): Promise<SubmissionView> {
    const submission = await this.submissions.require(me, id, 'owner or organiser');
    const media = await this.media.ofSubmissions([id]);
    const view = viewSubmission(
      submission,
      media.get(id) ?? [],
      await this.contests.findById(submission.contestId),
      (file) => this.linksFor(me, file),
      this.receipts.pathOf(submission),
      language,
      await this.checks.of(submission.accountId, [id]),
    );
    const own = submission.accountId === me.account.id;
    return own ? view : { ...view, author: { ...view.author, phone: maskContact(view.author.phone) } };
  }

  async mine(me: Person, contestId: string, language: Language): Promise<SubmissionView[]> {
    const works = await this.submissions.mine(me, contestId);
    const ids = works.map(({ id }) => id);
    const media = await this.media.ofSubmissions(ids);
    const rule = await this.contests.findById(contestId);
    const checks = await this.checks.of(me.account.id, ids);
    return works.map((work) =>
      viewSubmission(
        work,
        media.get(work.id) ?? [],
        rule,
        (file) => this.linksFor(me, file),
        this.receipts.pathOf(work),
        language,
        checks,
      ),
    );
  }

  private linksFor(me: Person, file: Media) {
    return this.links.mint(file, me.account.id, { original: true });
  }
}
