import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import type { Language } from '../common/problem.js';
import { sendZip, type ZipEntry } from '../documents/zip.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { StoredFileLost } from '../storage/errors.js';
import { originalKey, StorageService } from '../storage/storage.service.js';
import { requireExportAllowed, takeExportPermit } from './export-permit.js';
import { PaymentsService } from '../winners/payments.service.js';
import { attachedFiles, objectionsOf } from './objections.js';
import { archivedFiles, personalData } from './personal-data.js';
import { toldAsWinner } from './told-as-winner.js';

/** One's own data as one archive, made while it is sent. */
@Injectable()
export class ExportService {
  private readonly logger = new Logger('privacy');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly kinds: MessageKinds,
    private readonly payments: PaymentsService,
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
      const broke = (reason: string) => this.logger.warn(`an export broke off: ${reason}`);
      await sendZip(this.entries(account.id, language), response, broke, () => permit.release());
    } finally {
      await permit.release();
    }
  }

  private async *entries(accountId: string, language: Language): AsyncGenerator<ZipEntry> {
    yield {
      path: 'data.json',
      compress: true,
      read: () => Promise.resolve(Readable.from(this.data(accountId, language))),
    };
    // Only their names are kept.
    for await (const { path, sha256, at } of archivedFiles(this.dataSource, accountId)) {
      yield { path, at, read: () => this.kept(originalKey(sha256)) };
    }
    for (const { path, key, at } of await attachedFiles(this.dataSource, accountId)) {
      yield { path, at, read: () => this.kept(key) };
    }
  }

  private data(accountId: string, language: Language): AsyncGenerator<string> {
    return personalData(this.dataSource, this.kinds, accountId, language, {
      payees: () => toldAsWinner(this.dataSource, this.payments, accountId),
      objections: () => objectionsOf(this.dataSource, accountId),
    });
  }

  /** One that is lost must not keep the others back. */
  private async kept(key: string): Promise<Readable> {
    try {
      return (await this.storage.read(key)).stream;
    } catch (error) {
      if (!(error instanceof StoredFileLost)) throw error;
      return Readable.from('这个文件在服务器上已丢失。This file was lost on the server.\n');
    }
  }
}
