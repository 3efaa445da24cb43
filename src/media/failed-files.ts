import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Media } from './media.entity.js';

/**
 * What follows from a file's failure, in the transaction that writes it down. Called before that, so that rows
 * which others lock first are locked first; `write` says whether it was written.
 */
export type FailureHandler = (
  manager: EntityManager,
  file: Media,
  code: string,
  write: () => Promise<boolean>,
) => Promise<void>;

/** Media knows no works: the room that does says here what becomes of one whose file can't be used. */
@Injectable()
export class FailedFiles {
  private handler: FailureHandler = async (_manager, _file, _code, write) => void (await write());

  whenOne(handler: FailureHandler): void {
    this.handler = handler;
  }

  handle: FailureHandler = (...given) => this.handler(...given);
}
