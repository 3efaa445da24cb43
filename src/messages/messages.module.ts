import { Global, Module } from '@nestjs/common';
import { CodesService } from './codes.service.js';
import { MailSweeper } from './mail-sweeper.js';
import { MailWorker } from './mail-worker.js';
import { MailsService } from './mails.service.js';
import { MessageKinds } from './message-kinds.js';
import { MessagesService } from './messages.service.js';

/** Global, for every room may have something to tell. */
@Global()
@Module({
  providers: [MessageKinds, MessagesService, MailsService, CodesService],
  exports: [MessageKinds, MessagesService, MailsService, CodesService],
})
export class MessagesModule {}

/** What goes out to the world, for processes that people reach, too. */
@Module({ providers: [MailWorker, MailSweeper] })
export class MailModule {}
