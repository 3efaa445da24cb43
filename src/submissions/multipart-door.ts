import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { commonProblem } from '../common/problem.js';
import { mediaProblem } from '../media/errors.js';
import { receive, type IntakeRules, type ReceivedFile } from '../media/intake.js';
import { StorageService } from '../storage/storage.service.js';
import { watchPace } from './pace.js';

/** What may come through the door this time; `rulesFor` is asked when the first file begins. */
export interface DoorPlan {
  maxFiles: number;
  /** Throws a Problem when the fields that came before the file don't allow one. */
  rulesFor(fields: Record<string, string>): IntakeRules;
}

export interface DoorDelivery {
  fields: Record<string, string>;
  files: ReceivedFile[];
}

/**
 * The multipart door, for scripts and small files. Multer parses, our engine receives. Multer itself would
 * read a refused body to its end before it says so; here a refusal is answered at once.
 */
@Injectable()
export class MultipartDoor {
  constructor(private readonly storage: StorageService) {}

  async receive(request: Request, response: Response, plan: DoorPlan): Promise<DoorDelivery> {
    if (!request.is('multipart/form-data')) throw commonProblem('REQUEST.MALFORMED');
    // In the order in which they began, which isn't that in which they end.
    const arrived: (ReceivedFile | undefined)[] = [];
    let refusal: Error | null = null;
    let stopWatching: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const refuse = (error: Error) => {
          refusal ??= error;
          reject(error);
        };
        stopWatching = watchPace(request, () => refuse(mediaProblem('MEDIA.INTERRUPTED')));
        const upload = multer({
          storage: this.engine(plan, arrived, refuse, () => refusal !== null),
          defParamCharset: 'utf8',
          // Every limit, on every door: without them one small request can stop the process (CVE-2026-82333).
          limits: {
            fieldArrayIndexLimit: 0,
            fieldNestingDepth: 1,
            fieldNameSize: 60,
            fieldSize: 20_000,
            fields: 20,
            files: plan.maxFiles,
            parts: plan.maxFiles + 20,
            headerPairs: 20,
          },
        }).array('files', plan.maxFiles);
        upload(request, response, (error: unknown) => {
          const cutOff = request.destroyed && !request.complete;
          if (error) refuse(cutOff ? mediaProblem('MEDIA.INTERRUPTED') : (error as Error));
          else resolve();
        });
      });
    } catch (error) {
      await this.drop(arrived.filter((file) => file !== undefined));
      throw error;
    } finally {
      stopWatching?.();
    }
    const files = arrived.filter((file) => file !== undefined);
    return { fields: { ...(request.body as Record<string, string>) }, files };
  }

  /** Removes received files whose work was refused. */
  async drop(files: ReceivedFile[]): Promise<void> {
    for (const { path } of files) await this.storage.drop(path);
  }

  private engine(
    plan: DoorPlan,
    arrived: (ReceivedFile | undefined)[],
    refuse: (error: Error) => void,
    isRefused: () => boolean,
  ): StorageEngine {
    return {
      _handleFile: (request, file, done) => {
        const index = arrived.push(undefined) - 1;
        const take = async () => {
          const rules = plan.rulesFor(request.body as Record<string, string>);
          return receive(file.stream, file.originalname, rules, this.storage);
        };
        take().then(
          (received) => {
            // A file that ends after another was refused has nobody who waits for it.
            if (isRefused()) void this.storage.drop(received.path);
            else arrived[index] = received;
            done(null, { path: received.path, size: received.bytes });
          },
          (error: Error) => {
            refuse(error);
            file.stream.resume();
            done(error);
          },
        );
      },
      _removeFile: (_request, file, done) => {
        this.storage.drop(file.path).then(() => done(null), done);
      },
    };
  }
}
