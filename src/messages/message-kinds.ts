import { Injectable } from '@nestjs/common';
import type { MessageWords } from './words.js';

/** Said of a message that an earlier version sent and this one has no words for. */
const forgotten: MessageWords = {
  title: { zh: '主办方的通知', en: 'A message from the organiser' },
  text: { zh: '请到“我的作品”查看进展。', en: 'See “My works” for where things stand.' },
};

/** The words of every message, given by the features that send them: this room knows none of its own. */
@Injectable()
export class MessageKinds {
  private readonly kinds = new Map<string, MessageWords>();

  register(kinds: Record<string, MessageWords>): void {
    for (const [kind, words] of Object.entries(kinds)) {
      if ((this.kinds.get(kind) ?? words) !== words) throw new Error(`Two features send ${kind}`);
      this.kinds.set(kind, words);
    }
  }

  words(kind: string): MessageWords {
    return this.kinds.get(kind) ?? forgotten;
  }
}
