import type { DetailedError, Upload } from 'tus-js-client';
import { apiUrl, networkProblem, problemFrom, type ApiProblem } from '../../shared/api';
import { languageTag } from '../../shared/i18n';
import { chunkFor } from './pace';

/** A file's way to the server, as far as one unbroken connection takes it. */
export interface Attempt {
  /** Resolves once the file is attached. Rejects with {@link SendingStopped}. */
  done: Promise<void>;
  /** As if the connection had broken. */
  interrupt: () => void;
}

export class SendingStopped extends Error {
  constructor(
    readonly problem: ApiProblem,
    readonly retryAfterMs: number | null,
  ) {
    super(problem.code);
  }
}

export interface AttemptHooks {
  onBegun: (uploadId: string) => void;
  /** Bytes that left this device, from the file's beginning on. */
  onSent: (bytes: number) => void;
  /** Bytes that the server has; `added` by this piece. */
  onKept: (bytes: number, added: number) => void;
  rate: () => number | null;
}

interface Outgoing {
  file: File;
  submissionId: string;
  uploadId: string | null;
  mark: string | null;
}

/** So that it is there before a lift's door closes. */
export function loadSender() {
  return import('tus-js-client');
}

/**
 * Goes on where the server has it, or begins. It never tries again by itself: whoever calls it knows better what
 * happened, as it can ask which uploads there are.
 */
export function startAttempt(outgoing: Outgoing, hooks: AttemptHooks): Attempt {
  let stop: (error: SendingStopped) => void = () => {};
  let sender: Upload | null = null;
  let over = false;
  const done = new Promise<void>((resolve, reject) => {
    stop = (error) => {
      over = true;
      reject(error);
    };
    loadSender().then(
      (tus) => {
        if (over) return;
        sender = new tus.Upload(outgoing.file, {
          ...addressOf(outgoing),
          headers: { 'Accept-Language': languageTag() },
          chunkSize: chunkFor(hooks.rate()),
          retryDelays: null,
          storeFingerprintForResuming: false,
          onUploadUrlAvailable: () => hooks.onBegun(sender?.url?.split('/').at(-1) ?? ''),
          onProgress: (bytes) => {
            if (!over) hooks.onSent(bytes);
          },
          onChunkComplete: (added, bytes) => {
            if (over || !sender) return;
            hooks.onKept(bytes, added);
            sender.options.chunkSize = chunkFor(hooks.rate());
          },
          onError: (error) => stop(stoppedBy(error)),
          onSuccess: () => {
            over = true;
            resolve();
          },
        });
        sender.start();
      },
      () => stop(new SendingStopped(networkProblem(), null)),
    );
  });
  return {
    done,
    interrupt: () => {
      void sender?.abort();
      stop(new SendingStopped(networkProblem(), null));
    },
  };
}

function addressOf({ file, submissionId, uploadId, mark }: Outgoing) {
  if (uploadId) return { uploadUrl: apiUrl(`/uploads/${uploadId}`) };
  return {
    endpoint: apiUrl('/uploads'),
    metadata: {
      submission: submissionId,
      filename: file.name,
      ...(mark === null ? {} : { mark }),
      lastModified: String(file.lastModified),
    },
  };
}

function stoppedBy(error: Error | DetailedError): SendingStopped {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (!response || status === 0) return new SendingStopped(networkProblem(), null);
  const seconds = Number(response.getHeader('Retry-After') ?? Number.NaN);
  return new SendingStopped(
    problemFrom(status, response.getBody()),
    Number.isFinite(seconds) ? seconds * 1000 : null,
  );
}
