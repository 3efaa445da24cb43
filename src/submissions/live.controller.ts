import { Controller, Param, Sse, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { concatMap, filter, interval, map, merge, takeWhile, type Observable } from 'rxjs';
import { Access, holds, Me, type Person } from '../accounts/access.js';
import { SessionsService } from '../accounts/sessions.service.js';
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
    private readonly sessions: SessionsService,
  ) {}

  /** Says “look” for one's own works and, to organisers, for every work of the contest. */
  @Sse()
  @Access('account')
  async events(@Param('slug') slug: string, @Me() me: Person): Promise<Observable<MessageEvent>> {
    const contest = await this.contests.findBySlug(slug);
    let person = me;
    const sees = (accountId: string) => accountId === me.account.id || holds(person, 'organiser', contest.id);
    const looks = this.news.news.pipe(
      filter(({ contestId, accountId }) => contestId === contest.id && sees(accountId)),
      map(({ submissionId }): MessageEvent => ({ type: 'look', data: { submission: submissionId } })),
    );
    // The stream ends with its session, and forgets a role that was taken away.
    const heartbeats = interval(heartbeatMs).pipe(
      concatMap(() => this.sessions.findByHash(me.tokenHash)),
      map((found): MessageEvent | null => {
        if (found) person = found;
        return found && { type: 'beat', data: {} };
      }),
    );
    return merge(looks, heartbeats).pipe(takeWhile((event) => event !== null));
  }
}
