import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccountsService } from './accounts.service.js';
import { CodesController } from './codes.controller.js';
import { EmailController } from './email.controller.js';
import { EmailService } from './email.service.js';
import { InboxController } from './inbox.controller.js';
import { LinksService } from './links.service.js';
import { PeopleController } from './people.controller.js';
import { SessionController } from './session.controller.js';
import { SessionsService } from './sessions.service.js';
import { ThrottleService } from './throttle.service.js';

/** Global, for every room asks who is there. */
@Global()
@Module({
  controllers: [SessionController, PeopleController, EmailController, CodesController, InboxController],
  providers: [
    AccountsService,
    SessionsService,
    LinksService,
    ThrottleService,
    EmailService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountsService, LinksService, SessionsService, ThrottleService],
})
export class AccountsModule {}
