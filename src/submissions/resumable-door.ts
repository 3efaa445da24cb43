import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request } from 'express';
import { open } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { Problem } from '../common/problem.js';
import { headBytes, recognise, refuseByHead, type IntakeRules } from '../media/intake.js';
import { pour } from '../media/pour.js';
import { Sink } from '../media/sink.js';
import { diskFault } from '../storage/errors.js';
import { StorageService } from '../storage/storage.service.js';
import { uploadProblem } from './errors.js';
import { watchPace } from './pace.js';
import { SubmissionsService } from './submissions.service.js';
import { requireChangeable } from './submitting.js';
import { locked, UploadLease } from './upload-lease.js';
import { Upload } from './upload.entity.js';
import { offsetProblem, UploadsService } from './uploads.service.js';

type Kind = IntakeRules['kind'];

/** How far an upload is once a request has ended. */
export interface UploadProgress {
  offset: number;
  expiresAt: Date;
}

/**
 * The resumable door, for phones and videos: a file in as many requests as it takes, whichever process gets them.
 * What a request brought is synced before it is answered; a file that is whole is attached before it is answered.
 */
@Injectable()
export class ResumableDoor {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly uploads: UploadsService,
    private readonly submissions: SubmissionsService,
  ) {}

  /** Takes in what the request brings, from `offset` on. */
  async append(request: Request, accountId: string, id: string, offset: number): Promise<UploadProgress> {
    const length = request.headers['content-length'];
    const known = await this.uploads.own(accountId, id);
    // The answer to the last piece was lost, and somebody asks again with nothing more to send.
    if (known.state === 'attached' && offset === known.bytes && length === '0') return progressOf(known);
    const { lease, upload } = await this.uploads.lease(accountId, id, known);
    return this.under(lease, upload, async () => {
      const present = await this.storage.partBytes(id);
      if (present !== offset) throw offsetProblem(present);
      if (offset + Number(length ?? 0) > upload.bytes) throw uploadProblem('UPLOAD.OVERRUN');
      const kind = await this.kindWanted(upload);
      const { received, sha256 } = await this.receive(request, lease, upload, { offset, kind });
      if (received === upload.bytes) await this.finish(lease, upload, kind, sha256);
      return received;
    });
  }

  /** How far an upload is, for a client that wants to go on. One that is whole, but that nobody attached, is attached. */
  async look(accountId: string, id: string): Promise<UploadProgress & { bytes: number }> {
    const upload = await this.uploads.whenFree(accountId, id);
    if (upload.expired) throw uploadProblem('UPLOAD.EXPIRED');
    const { bytes, received, leased, state } = upload;
    // Nothing of it is kept; whoever sends more is told why at once.
    if (state === 'refused') return { ...progressOf(upload), offset: 0, bytes };
    if (state === 'attached') return { ...progressOf(upload), bytes };
    const present = await this.storage.partBytes(id);
    if (present === bytes) {
      // “All is there” is said once it is attached.
      if (leased) throw locked();
      await this.finishAlone(upload);
      return this.look(accountId, id);
    }
    const offset = present > received ? await this.storage.partBytes(id, { sync: true }) : present;
    return { ...progressOf(upload), offset, bytes };
  }

  /** Attaches a file that is whole, as its own last request would have done. */
  async finishAlone({ accountId, id }: Pick<Upload, 'accountId' | 'id'>): Promise<void> {
    const { lease, upload } = await this.uploads.lease(accountId, id);
    await this.under(lease, upload, async () => {
      const kind = await this.kindWanted(upload);
      const present = await this.storage.partBytes(id, { sync: true });
      if (present === upload.bytes) await this.finish(lease, upload, kind);
      return present;
    }).catch((error: unknown) => {
      // It is in the row now, where whoever asked finds it.
      if (!isFinal(error)) throw error;
    });
  }

  /** Whatever happens, the lease ends; what can never be attached ends with it. `act` tells how far it came. */
  private async under(
    lease: UploadLease,
    upload: Upload,
    act: () => Promise<number>,
  ): Promise<UploadProgress> {
    const { id, accountId } = upload;
    try {
      const offset = await act();
      const expiresAt = await lease.release(offset);
      if (expiresAt) return { offset, expiresAt };
    } catch (error) {
      // What cannot be said now is said by the file, and by the lease's end.
      await this.endWith(error, lease).catch(() => undefined);
      throw error;
    }
    // It is over.
    return progressOf(await this.uploads.own(accountId, id));
  }

  private async endWith(error: unknown, lease: UploadLease): Promise<void> {
    if (isFinal(error)) await this.uploads.refuse(lease, error);
    else await lease.release(await this.storage.partBytes(lease.upload.id, { sync: true }));
  }

  /** What the work takes, if it still takes anything: by the clock as it was when the upload began. */
  private async kindWanted({ accountId, submissionId, begunAt }: Upload): Promise<Kind> {
    const work = await requireChangeable(this.dataSource.manager, accountId, submissionId, { begunAt });
    return work.category.media;
  }

  /**
   * Returns how far the file goes now, synced, and its SHA-256 where all of it came to this process; rejects where
   * the request did not end.
   */
  private async receive(
    request: Request,
    lease: UploadLease,
    { id, name, bytes }: Upload,
    { offset, kind }: { offset: number; kind: Kind },
  ): Promise<{ received: number; sha256?: string }> {
    const path = this.storage.partPath(id);
    // What was made and never written to.
    if (offset === 0) await this.storage.drop(path);
    const sink = new Sink(path, offset);
    let received = offset;
    let head: Buffer | null = offset < headBytes ? await readHead(path) : null;
    const stopWatching = watchPace(request, () => request.destroy());
    let failure: Error | null = null;
    try {
      await pour(request, sink, {
        admit: async (chunk) => {
          if (received + chunk.length > bytes) throw uploadProblem('UPLOAD.OVERRUN');
          received += chunk.length;
          if (!head) return;
          head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
          if (head.length < headBytes) return;
          await refuseByHead(head, name, kind);
          head = null;
        },
        beforeWrite: () => lease.hold(),
      });
    } catch (error) {
      failure = error as Error;
    } finally {
      stopWatching();
    }
    const interrupted = !request.complete;
    const written = received > offset;
    try {
      const sha256 = written ? await sink.finish() : undefined;
      if (written && offset === 0) await this.storage.syncIncoming();
      if (failure) throw failure;
      if (interrupted) throw uploadProblem('UPLOAD.INTERRUPTED');
      return { received, sha256 };
    } catch (error) {
      await sink.abandon();
      const known = failure ?? error;
      const fault = known instanceof Problem ? known : diskFault(known);
      throw fault ?? (interrupted ? uploadProblem('UPLOAD.INTERRUPTED') : known);
    }
  }

  /** The end that both doors share; from here on the client may be gone. */
  private async finish(lease: UploadLease, upload: Upload, kind: Kind, sha256?: string): Promise<void> {
    const { id, name, bytes } = upload;
    // Another process finishes it where this one is killed from here on.
    await lease.renew(bytes);
    const stopKeeping = lease.keep();
    let path: string | undefined;
    try {
      const head = await readHead(this.storage.partPath(id));
      path = await this.storage.secondName(id);
      const file = await recognise({ path, name, bytes, head, sha256: () => Promise.resolve(sha256) }, kind);
      await this.submissions.attach(upload, lease, file);
    } catch (error) {
      throw diskFault(error) ?? error;
    } finally {
      stopKeeping();
      if (path !== undefined && path !== this.storage.partPath(id)) await this.storage.drop(path);
    }
    await this.storage.drop(this.storage.partPath(id));
  }
}

/** A refusal of the file or the work, which nothing that comes later changes. */
function isFinal(error: unknown): error is Problem {
  return error instanceof Problem && error.kind.status < 500 && !error.code.startsWith('UPLOAD.');
}

function progressOf({ state, bytes, received, expiresAt }: Upload): UploadProgress {
  return { offset: state === 'attached' ? bytes : received, expiresAt };
}

/** The first bytes that are there; none where nothing is. */
async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw diskFault(error) ?? error;
  }
}
