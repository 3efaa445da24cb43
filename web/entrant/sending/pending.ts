import type { ApiProblem } from '../../shared/api';
import type { MediaKind } from '../../shared/api-types';
import type { FileIdentity } from './match';

export type SendingState =
  /** For its turn. */
  | 'waiting'
  /** What the server has of it. */
  | 'checking'
  | 'sending'
  /** All bytes are there; the server looks at them. */
  | 'finishing'
  /** No network: goes on by itself. */
  | 'offline'
  /** The server is busy, or still ending the connection before: goes on by itself. */
  | 'busy'
  /** Another page sends it. */
  | 'elsewhere'
  /** Only a part is there, and the file has to be chosen again. */
  | 'unfinished'
  | 'failed';

/** A video as this device reads it. */
export interface ClipFacts {
  durationMs: number;
  /** Object URL of a frame, where one could be drawn. */
  posterUrl: string | null;
}

/** A file on its way to the server. */
export interface PendingFile extends FileIdentity {
  key: string;
  submissionId: string;
  kind: MediaKind;
  /** Null after a reload, until it is chosen again. */
  file: File | null;
  /** Object URL of the file. */
  fileUrl: string | null;
  clip: ClipFacts | null;
  uploadId: string | null;
  /** Whether another page was seen to send it when last looked at. */
  shared: boolean;
  /** Bytes that the server has. */
  kept: number;
  /** Those, and the ones that have left this device. */
  sent: number;
  state: SendingState;
  /** Why it waits or failed; null while nothing went wrong. */
  problem: ApiProblem | null;
}

/** Whether something still happens to it without anybody's doing. */
export function underWay({ state }: PendingFile): boolean {
  return state !== 'failed' && state !== 'unfinished';
}

export function percentOf({ sent, bytes }: Pick<PendingFile, 'sent' | 'bytes'>): number {
  return bytes === 0 ? 0 : Math.floor((sent / bytes) * 100);
}

/** What of it can be shown as a picture. */
export function pictureOf({ kind, fileUrl, clip }: PendingFile): string | undefined {
  return (kind === 'image' ? fileUrl : clip?.posterUrl) ?? undefined;
}
