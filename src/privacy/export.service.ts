import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataSource } from 'typeorm';
import { ZipFile } from 'yazl';
import type { Person } from '../accounts/access.js';
import type { Language } from '../common/problem.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { StoredFileLost } from '../storage/errors.js';
import { originalKey, StorageService } from '../storage/storage.service.js';
import { requireExportAllowed, takeExportPermit } from './export-permit.js';
import { archivedFiles, personalData } from './personal-data.js';

/** Somebody who takes nothing for so long is gone. */
const patienceMs = 120_000;

/**
 * One's own data as one archive, made while it is sent: nothing of it is on a disk or whole in memory, so nothing is
 * left where somebody leaves, or where the process is killed.
 */
@Injectable()
export class ExportService {
  private readonly logger = new Logger('privacy');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly kinds: MessageKinds,
  ) {}

  requireAllowed({ account }: Person): Promise<void> {
    return requireExportAllowed(this.dataSource, account.id);
  }

  /** @throws a Problem, with nothing sent, where it is not allowed now */
  async send({ account }: Person, language: Language, response: Response): Promise<void> {
    const permit = await takeExportPermit(this.dataSource, account.id);
    try {
      response.attachment(language === 'zh' ? '我的数据.zip' : 'my-data.zip');
      response.type('application/zip').setHeader('Cache-Control', 'no-store');
      response.setTimeout(patienceMs, () => response.destroy());
      await this.stream(account.id, language, response);
    } finally {
      await permit.release();
    }
  }

  private async stream(accountId: string, language: Language, response: Response): Promise<void> {
    const zip = new ZipFile();
    const output = zip.outputStream as Readable;
    zip.on('error', (error: Error) => output.destroy(error));
    let open: Readable | undefined;
    let over = false;
    const add = (path: string, options: { compress: boolean; mtime?: Date }, read: () => Promise<Readable>) =>
      zip.addReadStreamLazy(path, options, (give) => {
        read().then(
          (stream) => {
            open = stream;
            // Who left meanwhile takes nothing more.
            if (over) stream.destroy();
            else give(null, stream);
          },
          (error: unknown) => output.destroy(error as Error),
        );
      });
    try {
      add('data.json', { compress: true }, () =>
        Promise.resolve(Readable.from(personalData(this.dataSource, this.kinds, accountId, language))),
      );
      // Only their names are kept: each is opened when its turn comes.
      for await (const { path, sha256, at } of archivedFiles(this.dataSource, accountId)) {
        add(path, { compress: false, mtime: at }, () => this.original(sha256));
      }
      zip.end();
      await pipeline(output, response);
    } catch (error) {
      // Somebody who leaves is no news. Anybody else sees a body that ends too soon.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        this.logger.warn(`an export broke off: ${(error as Error).message}`);
      }
      response.destroy();
    } finally {
      over = true;
      open?.destroy();
    }
  }

  /** One that is lost must not keep the others back. */
  private async original(sha256: string): Promise<Readable> {
    try {
      return (await this.storage.read(originalKey(sha256))).stream;
    } catch (error) {
      if (!(error instanceof StoredFileLost)) throw error;
      return Readable.from('这个文件在服务器上已丢失。This file was lost on the server.\n');
    }
  }
}
