import { Global, Module } from '@nestjs/common';
import { MessageKinds } from './message-kinds.js';
import { MessagesService } from './messages.service.js';

/** Global, for every room may have something to tell. */
@Global()
@Module({ providers: [MessageKinds, MessagesService], exports: [MessageKinds, MessagesService] })
export class MessagesModule {}
