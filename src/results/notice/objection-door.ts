import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { fileTypeFromFile } from 'file-type';
import multer from 'multer';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { commonProblem } from '../../common/problem.js';
import { announcedLength } from '../../media/announced-length.js';
import { mediaProblem } from '../../media/errors.js';
import { cleanName } from '../../media/intake.js';
import { StorageService } from '../../storage/storage.service.js';
import { watchPace } from '../../submissions/pace.js';
import { noticeProblem } from './errors.js';

export const mostFiles = 3;
export const mostMegabytes = 10;
const mostBytes = mostMegabytes * 1_000_000;
/** What the form may hold beside its files. */
const overheadBytes = 100_000;

/** What people attach: pictures, and papers. By content, never by name. */
const types = new Set([
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/tiff',
]);

/** A file that arrived whole and lies, synced, at a temporary path. */
export interface Attachment {
  path: string;
  name: string;
  mime: string;
  bytes: number;
}

/** The way in for objections: few fields, at most three files, each bounded; leaves nothing behind when it throws. */
@Injectable()
export class ObjectionDoor {
  constructor(private readonly storage: StorageService) {}

  async receive(
    request: Request,
    response: Response,
  ): Promise<{ fields: Record<string, string>; files: Attachment[] }> {
    refuseByLength(request);
    if (!request.is('multipart/form-data')) throw commonProblem('REQUEST.MALFORMED');
    const paths: string[] = [];
    try {
      await this.pour(request, response, paths);
      const arrived = (request.files ?? []) as Express.Multer.File[];
      const files: Attachment[] = [];
      for (const { path, originalname, size } of arrived) {
        files.push({ path, bytes: size, ...(await recognise(path, originalname)) });
      }
      return { fields: { ...(request.body as Record<string, string>) }, files };
    } catch (error) {
      for (const path of paths) await this.storage.drop(path);
      throw error;
    }
  }

  async drop(files: Attachment[]): Promise<void> {
    for (const { path } of files) await this.storage.drop(path);
  }

  private pour(request: Request, response: Response, paths: string[]): Promise<void> {
    const upload = multer({
      storage: multer.diskStorage({
        destination: (_request, _file, done) => done(null, dirname(this.storage.incomingPath())),
        filename: (_request, _file, done) => {
          const path = this.storage.incomingPath();
          paths.push(path);
          done(null, basename(path));
        },
      }),
      defParamCharset: 'utf8',
      // Every limit, on every door: without them one small request can stop the process (CVE-2026-82333).
      limits: {
        fieldArrayIndexLimit: 0,
        fieldNestingDepth: 1,
        fieldNameSize: 30,
        fieldSize: 20_000,
        fields: 10,
        files: mostFiles,
        fileSize: mostBytes,
        parts: mostFiles + 10,
        headerPairs: 20,
      },
    }).array('files', mostFiles);
    return new Promise<void>((resolve, reject) => {
      const stopWatching = watchPace(request, () => reject(mediaProblem('MEDIA.INTERRUPTED')));
      upload(request, response, (error: unknown) => {
        stopWatching();
        if (!error) resolve();
        else if (error instanceof multer.MulterError && /FILE/.test(error.code)) reject(tooLarge());
        else reject(error instanceof Error ? error : new Error('the form broke off'));
      });
    });
  }
}

/** Before a byte is read. */
function refuseByLength(request: Request): void {
  if (announcedLength(request) > mostFiles * mostBytes + overheadBytes) throw tooLarge();
}

function tooLarge() {
  return noticeProblem('NOTICE.FILES_TOO_LARGE', { files: mostFiles, megabytes: mostMegabytes });
}

async function recognise(path: string, original: string): Promise<{ name: string; mime: string }> {
  const name = cleanName(original);
  const type = await fileTypeFromFile(path);
  if (!type || !types.has(type.mime)) throw noticeProblem('NOTICE.FILE_TYPE', { name });
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
  return { name, mime: type.mime };
}
