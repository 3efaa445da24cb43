import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccountsService } from './accounts.service.js';
import { LinksService } from './links.service.js';
import { PeopleController } from './people.controller.js';
import { SessionController } from './session.controller.js';
import { SessionsService } from './sessions.service.js';
import { ThrottleService } from './throttle.service.js';

/** Global, for every room asks who is there. */
@Global()
@Module({
  controllers: [SessionController, PeopleController],
  providers: [
    AccountsService,
    SessionsService,
    LinksService,
    ThrottleService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountsService, LinksService, SessionsService, ThrottleService],
})
export class AccountsModule {}
