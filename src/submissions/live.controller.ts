import { Controller, Param, Sse, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { filter, interval, map, merge, type Observable } from 'rxjs';
import { Access, holds, Me, type Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { NewsService } from '../database/news.service.js';

/** Proxies cut a stream on which nothing is said. */
const heartbeatMs = 25_000;

@ApiTags('submissions')
@Controller('contests/:slug/events')
export class LiveController {
  constructor(
    private readonly news: NewsService,
    private readonly contests: ContestsService,
  ) {}

  /** Says “look” for one's own works and, to organisers, for every work of the contest. */
  @Sse()
  @Access('account')
  async events(@Param('slug') slug: string, @Me() me: Person): Promise<Observable<MessageEvent>> {
    const contest = await this.contests.findBySlug(slug);
    const sees = (accountId: string) => accountId === me.account.id || holds(me, 'organiser', contest.id);
    const looks = this.news.news.pipe(
      filter(({ contestId, accountId }) => contestId === contest.id && sees(accountId)),
      map(({ submissionId }): MessageEvent => ({ type: 'look', data: { submission: submissionId } })),
    );
    const heartbeats = interval(heartbeatMs).pipe(map((): MessageEvent => ({ type: 'beat', data: {} })));
    return merge(looks, heartbeats);
  }
}
